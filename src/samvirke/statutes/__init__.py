"""Statutes: the law as versioned data, one pack per country.

In:  YAML packs with provision, source and date seen; a disclosure that somebody asks about.
Out: plan kinds with required content, rights that may be relevant, what stands in the way of a disclosure.
Never: a rule of law in code; something unverified presented as law; two countries in one plan.
"""
