"""What lies between a lab and a lesson: no lab imports a lesson, no lesson a lab."""
