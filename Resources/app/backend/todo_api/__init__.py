"""The API of the Todo AI Chatbot."""
