"""Registry (基础登记): reference data with streams of its own, which every service copies."""
