"""What calls cost: ours, raw aiohttp as the floor, and the peers, in one run and as ratios."""
