"""What most tests stand on: who writes, and what was bought."""

SENDER = {
    "name": "Ada Lovelace",
    "email": "ada@home.example.org",
    "address": ["12 St James's Square", "London SW1Y 4JH"],
    "country": "GB",
    "card_last4": "4242",
    "invoice_id": "INV-1",
}
FACTS = {
    "service": "coursera",
    "offer": "plus-monthly",
    "channel": "web",
    "country": "GB",
    "purchased_at": "2026-11-10",
    "as_of": "2026-11-20",
    "had_trial": False,
}
