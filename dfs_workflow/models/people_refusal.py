from django.core.exceptions import PermissionDenied


class PeopleRefused(PermissionDenied):
    """Something about memberships that can't be done as things are; its sentence says what to do instead."""
