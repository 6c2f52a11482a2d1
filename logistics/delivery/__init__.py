"""3 deliver: a plan becomes runs; stops, attempts, proof, cash, and what comes back."""
