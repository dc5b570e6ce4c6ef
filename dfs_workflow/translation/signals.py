"""What other apps can listen to."""

from django.dispatch import Signal

# After the live translations of some objects were compared with their sources again; `keys`: their translation keys.
freshness_changed = Signal()
