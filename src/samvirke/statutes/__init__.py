"""Statutes: the law as versioned data, one pack per country.

In:  YAML packs with provision, source and date seen.
Out: plan kinds with required content, disclosure bases, rights that may be relevant.
Never: a rule of law in code; something unverified presented as law; two countries in one plan.
"""
