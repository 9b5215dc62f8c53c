"""What hidden units are good for."""
