"""What runs inside the sandbox: no key, no marking, nothing of okrlab but what is public.

The interpreter there is started by itself and sees these modules under a name of their own, so they
import nothing of okrlab.
"""
