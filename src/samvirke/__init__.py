"""Samvirke: one plan around a person or family, and figures about whether it helps.

Two towers on one floor. The service tower (gate, people, plan, ...) serves agencies and families; the
insight tower (delivery, statistics, evaluation, report) reads statistics deliveries and needs neither
Django nor PostgreSQL. They meet in ``delivery`` and nowhere else.
"""
