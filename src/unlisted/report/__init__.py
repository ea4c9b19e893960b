"""What a person sees: one HTML page, plain text, JSON; and how a file is written. Input is an `AuditResult` and nothing else."""
