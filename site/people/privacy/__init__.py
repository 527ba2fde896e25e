"""Personal data: what is declared, consent, export, erasure, retention, who looked."""
