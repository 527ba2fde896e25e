from core.outbox import OutboxMessage
from core.site_settings import FrontOffice

__all__ = ["FrontOffice", "OutboxMessage"]
