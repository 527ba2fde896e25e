from core.outbox import OutboxMessage
from core.site_settings import SiteSettings

__all__ = ["OutboxMessage", "SiteSettings"]
