"""The buyer collects: parcels that wait for their recipients at service points."""
