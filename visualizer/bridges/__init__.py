"""Links between labs and lessons, as no lab imports a lesson and no lesson a lab."""
