"""The whole deployment on one machine: private servers, every process of every service, one supervisor."""
