"""Act: plan, letter and routes for a purchase."""
