"""Follow: where a case stands, and what comes next."""
