"""Tocsin: news in, a sourced register of international-security events out."""

__version__ = "0.1.0"
