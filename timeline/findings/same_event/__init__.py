"""One event told by several agencies: tellings -> linking -> clusters -> proposals, and where their accounts part (discrepancies)."""
