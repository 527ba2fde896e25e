"""The written matrix: role × address. Whoever adds an address adds it here; whoever opens one says so here.

Columns are in `world.WHO`. GET and POST have a column each; a POST that is refused, or that the address does
not take, is open to nobody. «Open» means that the door lets the visitor in, not that her form is right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.matrix.world import WHO, World

EVERYBODY = frozenset(WHO)
NOBODY: frozenset[str] = frozenset()
SIGNED_IN = EVERYBODY - {"anonymous"}
STAFF = SIGNED_IN - {"learner", "other learner", "chair"}
ADMIN = frozenset({"admin"})
# The learner owns a seat, a letter, a consent, a session, a passkey, a claim; the chair leads an association.
OWNER, CHAIR = frozenset({"learner"}), frozenset({"chair"})
# The learner has a passkey that her session has not shown: the locks of her account stay closed to it.
WITHOUT_A_FACTOR = frozenset({"other learner", "chair"})
SHOWN_OR_WITHOUT_A_FACTOR = STAFF | WITHOUT_A_FACTOR
PAGES_STAFF = STAFF - {"desk"}
PUBLISHERS = PAGES_STAFF - {"trainer"}
WRITERS = PAGES_STAFF - {"lawyer"}
MOVERS = PUBLISHERS - {"lawyer"}
LAW = frozenset({"lawyer", "admin"})
LAW_READERS = LAW | {"editor"}
EDITORS = frozenset({"editor", "admin"})
EDITOR_ALONE = frozenset({"editor"})  # files that the editor has half uploaded
MANAGERS = frozenset({"manager", "foreign manager", "admin"})
DESK = MANAGERS | {"desk"}
RUN_READERS = DESK | {"trainer"}
# Rows of Astana: a manager of Almaty has the same rights, elsewhere.
OWN_MANAGERS, OWN_DESK, OWN_RUN_READERS = (who - {"foreign manager"} for who in (MANAGERS, DESK, RUN_READERS))
MAY_KNOW_THE_LEARNER = OWNER | OWN_RUN_READERS


@dataclass(frozen=True)
class Row:
    get: frozenset[str]
    post: frozenset[str] = NOBODY
    is_stock: bool = False  # Wagtail's own screens break on an empty form, once they have let the visitor in


def rows(row: Row, names: str) -> dict[str, Row]:
    return {name: Row(row.get, row.post, name.startswith(("wagtail", "/admin/"))) for name in names.split()}


@dataclass(frozen=True)
class PublicPage:
    url: Callable[[World], str]


def at(url: str) -> PublicPage:
    return PublicPage(lambda world: url)


# What one pattern, `wagtail_serve`, serves: a page of each type and the addresses below it.
PAGES = {
    "home": at("/kk/"),
    "questions": at("/kk/questions/"),
    "topic": at("/kk/questions/sobranie/"),
    "topic of one audience": at("/kk/questions/sobranie/?for=chair"),
    "question": at("/kk/questions/sobranie/kvorum-sobraniya/"),
    "questions of an event": PublicPage(lambda world: f"/kk/questions/?event={world.values['event']}"),
    "guides": at("/kk/guides/"),
    "guide": PublicPage(lambda world: f"/kk/guides/{world.values['guide']}/"),
    "decision tree": at("/kk/guides/kto-dolzhen-chinit/"),
    "outcome of a tree": at("/kk/guides/kto-dolzhen-chinit/?a=1"),
    "glossary": at("/kk/glossary/"),
    "acts": at("/kk/acts/"),
    "act": at("/kk/acts/housing-law/"),
    "provision": at("/kk/acts/housing-law/42.8/"),
    "courses": at("/kk/courses/"),
    "course": at("/kk/courses/problems-mzhd/"),
    "lesson": at("/kk/courses/problems-mzhd/lesson-1/"),
    "seminars": at("/kk/seminars/"),
    "run": PublicPage(lambda world: f"/kk/seminars/{world.values['run_code']}/"),
    "sign-up": PublicPage(lambda world: f"/kk/seminars/{world.values['run_code']}/enrol/"),
    "front office": at("/kk/front-office/"),
    "search": at("/kk/search/?q=кворум"),
}

ROWS: dict[str, Row] = {
    # Asked for through `PAGES`; documents and the calendar feed have tests of their own.
    **rows(Row(EVERYBODY), r"wagtail_serve wagtaildocs_serve /^calendar/(?P<token>.*)$"),
    **rows(
        Row(NOBODY),
        """
        /admin/login/ account_confirm_password_reset_code account_request_login_code account_signup
        calendar_feed mfa_activate_totp mfa_download_recovery_codes mfa_edit_webauthn mfa_remove_webauthn
        mfa_view_recovery_codes wagtail_bulk_action wagtail_localize:convert_to_alias
        wagtail_localize:edit_override wagtail_localize:edit_string_translation
        wagtail_localize:machine_translate wagtail_localize:preview_translation(translation_id,mode)
        wagtail_localize:snippets_api_detail wagtail_localize:snippets_api_listing
        wagtail_localize:stop_translation wagtail_localize:submit_snippet_translation
        wagtailadmin_api:documents:find wagtailadmin_api:images:find wagtailadmin_api:pages:action
        wagtailadmin_api:pages:find wagtailadmin_block_preview wagtailadmin_login wagtailadmin_logout
        wagtailadmin_pages:convert_alias wagtailadmin_pages:workflow_preview wagtailadmin_password_reset
        wagtailadmin_password_reset_complete wagtailadmin_password_reset_confirm
        wagtailadmin_password_reset_done wagtailadmin_tag_model_autocomplete wagtailimages:url_generator
        wagtailimages:url_generator_output wagtailsettings:preview_on_edit wagtailsnippets:index
        """,
    ),
    **rows(
        Row(SIGNED_IN, OWNER),
        """
        usersessions_end
        """,
    ),
    **rows(
        Row(NOBODY, STAFF),
        """
        wagtailadmin_editing_sessions:release
        """,
    ),
    **rows(
        Row(NOBODY, ADMIN),
        """
        wagtailadmin_pages:lock wagtailadmin_pages:unlock wagtailadmin_workflows:enable
        wagtailadmin_workflows:enable_task wagtailadmin_workflows:remove
        wagtailadmin_workflows:remove(page_pk,workflow_pk) wagtailredirects:process_import
        """,
    ),
    **rows(
        Row(NOBODY, PAGES_STAFF),
        """
        wagtail_localize:upload_pofile wagtailadmin_editing_sessions:ping wagtaildocs:delete_multiple
        wagtaildocs:edit_multiple wagtailimages:delete_multiple wagtailimages:edit_multiple
        """,
    ),
    **rows(
        Row(NOBODY, MOVERS),
        """
        wagtailadmin_pages:set_page_position
        """,
    ),
    **rows(
        Row(NOBODY, LAW),
        """
        law_review_assign law_review_sign wagtailsnippets_law_legalact:lock wagtailsnippets_law_legalact:unlock
        wagtailsnippets_law_provision:lock wagtailsnippets_law_provision:unlock
        wagtailsnippets_law_sharednote:lock wagtailsnippets_law_sharednote:unlock
        """,
    ),
    **rows(
        Row(NOBODY, LAW_READERS),
        """
        wagtailsnippets_faq_glossaryterm:lock wagtailsnippets_faq_glossaryterm:unlock
        """,
    ),
    **rows(
        Row(NOBODY, EDITOR_ALONE),
        """
        wagtaildocs:create_multiple_from_uploaded_document wagtaildocs:delete_upload_multiple
        wagtailimages:create_multiple_from_uploaded_image wagtailimages:delete_upload_multiple
        """,
    ),
    **rows(
        Row(NOBODY, OWN_MANAGERS),
        """
        run_roster_remove
        """,
    ),
    **rows(
        Row(NOBODY, OWN_DESK),
        """
        membership_end
        """,
    ),
    **rows(
        Row(EVERYBODY),
        """
        / /.well-known/security.txt /livez /readyz /robots.txt account_inactive account_password_reset_completed
        deadlines invitation_link page_as_it_was picture wagtailadmin_javascript_catalog
        """,
    ),
    **rows(
        Row(EVERYBODY, EVERYBODY),
        """
        /admin/^.*/$ /sitemap.xml account_complete_password_reset account_login account_login_password
        account_logout account_reset_password feedback feedback_words topic_changes wagtailadmin_sprite
        wagtailcore_authenticate_with_password wagtailcore_login wagtaildocs_authenticate_with_password
        """,
    ),
    **rows(
        Row(SIGNED_IN),
        """
        association_find letters mfa_index mfa_list_webauthn my_data own_calendar usersessions_list
        """,
    ),
    **rows(
        Row(SIGNED_IN, SIGNED_IN),
        """
        usersessions_end_others
        account_confirm_login_code account_email_verification_sent association_add association_claim cabinet
        erase_account export_data invitation make_calendar mfa_authenticate mfa_login_webauthn notifications
        profile revoke_calendar
        """,
    ),
    **rows(
        Row(STAFF),
        """
        /admin/test404/ mfa_deactivate_totp mfa_generate_recovery_codes wagtail_localize:javascript_catalog
        wagtail_localize:translations_report wagtail_localize:translations_report_results
        wagtailadmin_api:documents:detail wagtailadmin_api:documents:listing wagtailadmin_api:images:detail
        wagtailadmin_api:images:listing wagtailadmin_api:pages:listing wagtailadmin_choose_page
        wagtailadmin_choose_page_child wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_search
        wagtailadmin_dismissibles wagtailadmin_home wagtailadmin_workflows:task_chooser
        wagtailadmin_workflows:task_chooser_results wagtaildocs_chooser:choose
        wagtaildocs_chooser:choose_results wagtaildocs_chooser:chosen_multiple wagtailimages_chooser:choose
        wagtailimages_chooser:choose_results wagtailimages_chooser:chosen_multiple
        wagtailsnippetchoosers_courses_course:choose wagtailsnippetchoosers_courses_course:choose_results
        wagtailsnippetchoosers_courses_course:chosen wagtailsnippetchoosers_courses_course:chosen_multiple
        wagtailsnippetchoosers_courses_courserun:choose wagtailsnippetchoosers_courses_courserun:choose_results
        wagtailsnippetchoosers_courses_courserun:chosen_multiple wagtailsnippetchoosers_courses_venue:choose
        wagtailsnippetchoosers_courses_venue:choose_results wagtailsnippetchoosers_courses_venue:chosen_multiple
        wagtailsnippetchoosers_faq_glossaryterm:choose wagtailsnippetchoosers_faq_glossaryterm:choose_results
        wagtailsnippetchoosers_faq_glossaryterm:chosen wagtailsnippetchoosers_faq_glossaryterm:chosen_multiple
        wagtailsnippetchoosers_faq_lifeevent:choose wagtailsnippetchoosers_faq_lifeevent:choose_results
        wagtailsnippetchoosers_faq_lifeevent:chosen wagtailsnippetchoosers_faq_lifeevent:chosen_multiple
        wagtailsnippetchoosers_faq_questiontag:choose wagtailsnippetchoosers_faq_questiontag:choose_results
        wagtailsnippetchoosers_faq_questiontag:chosen wagtailsnippetchoosers_faq_questiontag:chosen_multiple
        wagtailsnippetchoosers_law_amendment:choose wagtailsnippetchoosers_law_amendment:choose_results
        wagtailsnippetchoosers_law_amendment:chosen wagtailsnippetchoosers_law_amendment:chosen_multiple
        wagtailsnippetchoosers_law_duty:choose wagtailsnippetchoosers_law_duty:choose_results
        wagtailsnippetchoosers_law_duty:chosen wagtailsnippetchoosers_law_duty:chosen_multiple
        wagtailsnippetchoosers_law_legalact:choose wagtailsnippetchoosers_law_legalact:choose_results
        wagtailsnippetchoosers_law_legalact:chosen wagtailsnippetchoosers_law_legalact:chosen_multiple
        wagtailsnippetchoosers_law_provision:choose wagtailsnippetchoosers_law_provision:choose_results
        wagtailsnippetchoosers_law_provision:chosen wagtailsnippetchoosers_law_provision:chosen_multiple
        wagtailsnippetchoosers_law_sharednote:choose wagtailsnippetchoosers_law_sharednote:choose_results
        wagtailsnippetchoosers_law_sharednote:chosen wagtailsnippetchoosers_law_sharednote:chosen_multiple
        wagtailsnippetchoosers_people_association:choose
        wagtailsnippetchoosers_people_association:choose_results
        wagtailsnippetchoosers_people_association:chosen_multiple
        wagtailsnippetchoosers_people_consenttext:choose
        wagtailsnippetchoosers_people_consenttext:choose_results
        wagtailsnippetchoosers_people_consenttext:chosen
        wagtailsnippetchoosers_people_consenttext:chosen_multiple wagtailsnippetchoosers_people_office:choose
        wagtailsnippetchoosers_people_office:choose_results wagtailsnippetchoosers_people_office:chosen_multiple
        """,
    ),
    **rows(
        Row(STAFF, STAFF),
        """
        account_set_password mfa_add_webauthn mfa_reauthenticate wagtailadmin_account
        wagtailadmin_choose_page_anchor_link wagtailadmin_choose_page_email_link
        wagtailadmin_choose_page_external_link wagtailadmin_choose_page_phone_link wagtailadmin_error_test
        wagtailadmin_pages:choose_parent wagtailadmin_pages:confirm_workflow_cancellation
        wagtailadmin_pages:revisions_index wagtailadmin_tag_autocomplete
        wagtailadmin_workflows:task_chooser_create wagtailadmin_workflows:task_chosen wagtailembeds:chooser
        wagtailembeds:chooser_upload wagtailsettings:edit
        wagtailsnippets_faq_glossaryterm:confirm_workflow_cancellation
        wagtailsnippets_law_legalact:confirm_workflow_cancellation
        wagtailsnippets_law_provision:confirm_workflow_cancellation
        wagtailsnippets_law_sharednote:confirm_workflow_cancellation
        """,
    ),
    **rows(
        Row(STAFF, MOVERS),
        """
        wagtailadmin_pages:move_confirm
        """,
    ),
    **rows(
        Row(OWNER),
        """
        letter own_protocol seat seat_calendar
        """,
    ),
    **rows(
        Row(OWNER, OWNER),
        """
        membership_leave mfa_reauthenticate_webauthn seat_cancel withdraw_consent
        """,
    ),
    **rows(
        Row(CHAIR),
        """
        association
        """,
    ),
    **rows(
        Row(CHAIR, CHAIR),
        """
        association_hand_over association_invite invitation_revoke member_end
        """,
    ),
    **rows(
        Row(ADMIN),
        """
        /admin/reports/site-history/ /admin/reports/site-history/results/
        wagtailadmin_reports:site_history wagtailadmin_reports:site_history_results
        looks_report looks_report_results wagtailadmin_collections:index wagtailadmin_reports:locked_pages
        wagtailadmin_reports:locked_pages_results wagtailadmin_workflows:index
        wagtailadmin_workflows:index_results wagtailadmin_workflows:task_index
        wagtailadmin_workflows:task_index_results wagtailadmin_workflows:usage
        wagtailadmin_workflows:usage_results wagtaillocales:history wagtaillocales:history_results
        wagtaillocales:index wagtaillocales:index_results wagtaillocales:usage wagtailredirects:index
        wagtailredirects:index_results wagtailsites:history wagtailsites:history_results wagtailsites:index
        wagtailsites:index_results wagtailsites:usage wagtailsnippets_courses_course:delete
        wagtailusers_groups:history wagtailusers_groups:history_results wagtailusers_groups:index
        wagtailusers_groups:index_results wagtailusers_groups:usage wagtailusers_users:history
        wagtailusers_users:history_results wagtailusers_users:index wagtailusers_users:index_results
        wagtailusers_users:usage
        """,
    ),
    **rows(
        Row(ADMIN, ADMIN),
        """
        wagtailadmin_collections:add wagtailadmin_collections:delete wagtailadmin_collections:edit
        wagtailadmin_collections:set_privacy wagtailadmin_workflows:add wagtailadmin_workflows:add_task
        wagtailadmin_workflows:disable wagtailadmin_workflows:disable_task wagtailadmin_workflows:edit
        wagtailadmin_workflows:edit_task wagtailadmin_workflows:select_task_type wagtaillocales:add
        wagtaillocales:copy wagtaillocales:delete wagtaillocales:edit wagtailredirects:add
        wagtailredirects:delete wagtailredirects:edit wagtailredirects:start_import
        wagtailsettings:edit(app_name,model_name,pk) wagtailsites:add wagtailsites:copy wagtailsites:delete
        wagtailsites:edit wagtailsnippetchoosers_courses_course:create wagtailsnippets_courses_course:add
        wagtailsnippets_courses_course:copy wagtailsnippets_people_association:delete
        wagtailsnippets_people_consenttext:delete wagtailsnippets_people_office:add
        wagtailsnippets_people_office:delete wagtailusers_groups:add wagtailusers_groups:delete
        wagtailusers_groups:edit wagtailusers_users:add wagtailusers_users:delete wagtailusers_users:edit
        """,
    ),
    **rows(
        Row(WITHOUT_A_FACTOR),
        """
        second_factor
        """,
    ),
    **rows(
        Row(WITHOUT_A_FACTOR, WITHOUT_A_FACTOR),
        """
        account_reauthenticate account_reauthenticate_by_code
        """,
    ),
    **rows(
        Row(SHOWN_OR_WITHOUT_A_FACTOR, SHOWN_OR_WITHOUT_A_FACTOR),
        """
        account_change_password account_email account_email_confirm
        """,
    ),
    **rows(
        Row(PAGES_STAFF),
        """
        law_review text_report_overdue text_report_overdue_results text_report_recheck
        text_report_recheck_results text_report_twins text_report_twins_results text_report_uncited
        text_report_uncited_results text_report_unread text_report_unread_results wagtailadmin_api:pages:detail
        wagtailadmin_explore wagtailadmin_explore_results wagtailadmin_explore_root wagtailadmin_pages:history
        wagtailadmin_pages:history_results wagtailadmin_pages:revisions_compare
        wagtailadmin_pages:revisions_view wagtailadmin_pages:search wagtailadmin_pages:search_results
        wagtailadmin_pages:type_use wagtailadmin_pages:type_use_results wagtailadmin_pages:usage
        wagtailadmin_pages:workflow_history wagtailadmin_pages:workflow_history_detail
        wagtailadmin_reports:aging_pages wagtailadmin_reports:aging_pages_results
        wagtailadmin_reports:page_types_usage wagtailadmin_reports:page_types_usage_results
        wagtailadmin_reports:workflow wagtailadmin_reports:workflow_results wagtailadmin_reports:workflow_tasks
        wagtailadmin_reports:workflow_tasks_results wagtaildocs:document_usage wagtaildocs:index
        wagtaildocs:index_results wagtaildocs_chooser:chosen wagtailimages:image_usage wagtailimages:index
        wagtailimages:index_results wagtailimages_chooser:chosen
        """,
    ),
    **rows(
        Row(PAGES_STAFF, PAGES_STAFF),
        """
        wagtail_localize:download_pofile wagtail_localize:preview_translation
        wagtail_localize:submit_page_translation wagtail_localize:update_translations wagtailadmin_pages:copy
        wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:revisions_revert
        wagtailadmin_pages:view_draft wagtaildocs:add wagtaildocs:add_multiple wagtaildocs:delete
        wagtaildocs:edit wagtaildocs_chooser:create wagtailimages:add wagtailimages:add_multiple
        wagtailimages:delete wagtailimages:edit wagtailimages:preview wagtailimages_chooser:create
        wagtailimages_chooser:select_format
        """,
    ),
    **rows(
        Row(PUBLISHERS),
        """
        text_report_feedback text_report_feedback_results
        """,
    ),
    **rows(
        Row(PUBLISHERS, PUBLISHERS),
        """
        wagtailadmin_pages:delete wagtailadmin_pages:move wagtailadmin_pages:revisions_unschedule
        wagtailadmin_pages:set_privacy wagtailadmin_pages:unpublish
        """,
    ),
    **rows(
        Row(WRITERS, WRITERS),
        """
        wagtailadmin_pages:add wagtailadmin_pages:add_subpage wagtailadmin_pages:preview_on_add
        """,
    ),
    **rows(
        Row(MOVERS),
        """
        wagtailsnippets_courses_course:history wagtailsnippets_courses_course:history_results
        wagtailsnippets_courses_course:list wagtailsnippets_courses_course:list_results
        wagtailsnippets_courses_course:usage
        """,
    ),
    **rows(
        Row(MOVERS, MOVERS),
        """
        wagtailsnippets_courses_course:edit
        """,
    ),
    **rows(
        Row(LAW),
        """
        wagtailsnippets_law_amendment:history wagtailsnippets_law_amendment:history_results
        wagtailsnippets_law_amendment:usage wagtailsnippets_law_duty:history
        wagtailsnippets_law_duty:history_results wagtailsnippets_law_duty:list
        wagtailsnippets_law_duty:list_results wagtailsnippets_law_duty:usage
        wagtailsnippets_law_legalact:history wagtailsnippets_law_legalact:history_results
        wagtailsnippets_law_legalact:revisions_compare wagtailsnippets_law_legalact:usage
        wagtailsnippets_law_legalact:workflow_history wagtailsnippets_law_legalact:workflow_history_detail
        wagtailsnippets_law_provision:revisions_compare wagtailsnippets_law_provision:usage
        wagtailsnippets_law_provision:workflow_history wagtailsnippets_law_provision:workflow_history_detail
        wagtailsnippets_people_consenttext:history wagtailsnippets_people_consenttext:history_results
        wagtailsnippets_people_consenttext:inspect wagtailsnippets_people_consenttext:list
        wagtailsnippets_people_consenttext:list_results wagtailsnippets_people_consenttext:usage
        """,
    ),
    **rows(
        Row(LAW, LAW),
        """
        wagtailsnippetchoosers_law_amendment:create wagtailsnippetchoosers_law_duty:create
        wagtailsnippetchoosers_law_legalact:create wagtailsnippetchoosers_people_consenttext:create
        wagtailsnippets_faq_glossaryterm:collect_workflow_action_data
        wagtailsnippets_faq_glossaryterm:workflow_action wagtailsnippets_law_amendment:add
        wagtailsnippets_law_amendment:delete wagtailsnippets_law_amendment:edit wagtailsnippets_law_duty:add
        wagtailsnippets_law_duty:copy wagtailsnippets_law_duty:delete wagtailsnippets_law_duty:edit
        wagtailsnippets_law_legalact:add wagtailsnippets_law_legalact:collect_workflow_action_data
        wagtailsnippets_law_legalact:copy wagtailsnippets_law_legalact:delete wagtailsnippets_law_legalact:edit
        wagtailsnippets_law_legalact:revisions_revert wagtailsnippets_law_legalact:revisions_unschedule
        wagtailsnippets_law_legalact:unpublish wagtailsnippets_law_legalact:workflow_action
        wagtailsnippets_law_provision:collect_workflow_action_data wagtailsnippets_law_provision:delete
        wagtailsnippets_law_provision:edit wagtailsnippets_law_provision:revisions_revert
        wagtailsnippets_law_provision:revisions_unschedule wagtailsnippets_law_provision:unpublish
        wagtailsnippets_law_provision:workflow_action
        wagtailsnippets_law_sharednote:collect_workflow_action_data wagtailsnippets_law_sharednote:delete
        wagtailsnippets_law_sharednote:workflow_action wagtailsnippets_people_consenttext:add
        wagtailsnippets_people_consenttext:copy wagtailsnippets_people_consenttext:edit
        """,
    ),
    **rows(
        Row(LAW_READERS),
        """
        law_radar law_radar_results law_radar_worklist_results law_reviews
        wagtailsnippets_faq_glossaryterm:history wagtailsnippets_faq_glossaryterm:history_results
        wagtailsnippets_faq_glossaryterm:list wagtailsnippets_faq_glossaryterm:list_results
        wagtailsnippets_faq_glossaryterm:revisions_compare wagtailsnippets_faq_glossaryterm:usage
        wagtailsnippets_faq_glossaryterm:workflow_history
        wagtailsnippets_faq_glossaryterm:workflow_history_detail wagtailsnippets_law_amendment:list
        wagtailsnippets_law_amendment:list_results wagtailsnippets_law_legalact:list
        wagtailsnippets_law_legalact:list_results wagtailsnippets_law_provision:history
        wagtailsnippets_law_provision:history_results wagtailsnippets_law_provision:list
        wagtailsnippets_law_provision:list_results wagtailsnippets_law_sharednote:history
        wagtailsnippets_law_sharednote:history_results wagtailsnippets_law_sharednote:list
        wagtailsnippets_law_sharednote:list_results wagtailsnippets_law_sharednote:revisions_compare
        wagtailsnippets_law_sharednote:usage wagtailsnippets_law_sharednote:workflow_history
        wagtailsnippets_law_sharednote:workflow_history_detail
        """,
    ),
    **rows(
        Row(LAW_READERS, LAW),
        """
        law_radar_worklist
        """,
    ),
    **rows(
        Row(LAW_READERS, LAW_READERS),
        """
        wagtailsnippetchoosers_faq_glossaryterm:create wagtailsnippetchoosers_law_provision:create
        wagtailsnippetchoosers_law_sharednote:create wagtailsnippets_faq_glossaryterm:add
        wagtailsnippets_faq_glossaryterm:copy wagtailsnippets_faq_glossaryterm:delete
        wagtailsnippets_faq_glossaryterm:edit wagtailsnippets_faq_glossaryterm:revisions_revert
        wagtailsnippets_faq_glossaryterm:revisions_unschedule wagtailsnippets_faq_glossaryterm:unpublish
        wagtailsnippets_law_provision:add wagtailsnippets_law_provision:copy wagtailsnippets_law_sharednote:add
        wagtailsnippets_law_sharednote:copy wagtailsnippets_law_sharednote:edit
        wagtailsnippets_law_sharednote:revisions_revert wagtailsnippets_law_sharednote:revisions_unschedule
        wagtailsnippets_law_sharednote:unpublish
        """,
    ),
    **rows(
        Row(EDITORS),
        """
        wagtailsnippets_faq_lifeevent:history wagtailsnippets_faq_lifeevent:history_results
        wagtailsnippets_faq_lifeevent:list wagtailsnippets_faq_lifeevent:list_results
        wagtailsnippets_faq_lifeevent:usage wagtailsnippets_faq_questiontag:history
        wagtailsnippets_faq_questiontag:history_results wagtailsnippets_faq_questiontag:list
        wagtailsnippets_faq_questiontag:list_results wagtailsnippets_faq_questiontag:usage
        """,
    ),
    **rows(
        Row(EDITORS, EDITORS),
        """
        wagtailadmin_pages:collect_workflow_action_data wagtailadmin_pages:workflow_action
        wagtailsnippetchoosers_faq_lifeevent:create wagtailsnippetchoosers_faq_questiontag:create
        wagtailsnippets_faq_lifeevent:add wagtailsnippets_faq_lifeevent:copy
        wagtailsnippets_faq_lifeevent:delete wagtailsnippets_faq_lifeevent:edit
        wagtailsnippets_faq_questiontag:add wagtailsnippets_faq_questiontag:copy
        wagtailsnippets_faq_questiontag:delete wagtailsnippets_faq_questiontag:edit
        """,
    ),
    **rows(
        Row(MANAGERS),
        """
        register_imports register_sample wagtailsnippets_courses_venue:list
        wagtailsnippets_courses_venue:list_results wagtailsnippets_people_office:list
        wagtailsnippets_people_office:list_results
        """,
    ),
    **rows(
        Row(MANAGERS, MANAGERS),
        """
        register_import_new wagtailsnippets_courses_courserun:add wagtailsnippets_courses_venue:add
        """,
    ),
    **rows(
        Row(OWN_MANAGERS),
        """
        register_import wagtailsnippetchoosers_courses_venue:chosen wagtailsnippetchoosers_people_office:chosen
        wagtailsnippets_courses_courserun:history wagtailsnippets_courses_courserun:history_results
        wagtailsnippets_courses_courserun:usage wagtailsnippets_courses_venue:history
        wagtailsnippets_courses_venue:history_results wagtailsnippets_courses_venue:usage
        wagtailsnippets_people_office:history wagtailsnippets_people_office:history_results
        wagtailsnippets_people_office:usage
        """,
    ),
    **rows(
        Row(OWN_MANAGERS, OWN_MANAGERS),
        """
        wagtailsnippets_courses_courserun:copy wagtailsnippets_courses_courserun:delete
        wagtailsnippets_courses_courserun:edit wagtailsnippets_courses_venue:copy
        wagtailsnippets_courses_venue:delete wagtailsnippets_courses_venue:edit
        wagtailsnippets_people_office:edit
        """,
    ),
    **rows(
        Row(DESK),
        """
        association_report association_report_export membership_claims wagtailsnippets_people_association:list
        wagtailsnippets_people_association:list_results
        """,
    ),
    **rows(
        Row(DESK, DESK),
        """
        wagtailsnippets_people_association:add
        """,
    ),
    **rows(
        Row(OWN_DESK),
        """
        association_people membership_protocol membership_review run_roster_export
        wagtailsnippetchoosers_people_association:chosen wagtailsnippets_people_association:history
        wagtailsnippets_people_association:history_results wagtailsnippets_people_association:usage
        """,
    ),
    **rows(
        Row(OWN_DESK, OWN_DESK),
        """
        wagtailsnippets_people_association:edit
        """,
    ),
    **rows(
        Row(RUN_READERS),
        """
        wagtailsnippets_courses_courserun:list wagtailsnippets_courses_courserun:list_results
        """,
    ),
    **rows(
        Row(OWN_RUN_READERS),
        """
        run_roster wagtailsnippetchoosers_courses_courserun:chosen
        """,
    ),
}
