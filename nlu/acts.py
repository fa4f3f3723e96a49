"""Groups of intents."""

from __future__ import annotations

OUT_OF_SCOPE = "out_of_scope"
ASKING = frozenset(
    """ask_procedure_overview ask_documents ask_fee ask_time ask_where ask_steps ask_conditions
    ask_form ask_result ask_legal_basis ask_online_level ask_channel ask_level_definition
    ask_level_difference ask_benefits ask_risks ask_how_to_use list_procedures start_filing
    resume_filing withdraw_dossier pay_fee pay_issue check_status_by_code check_status_by_id
    supplement_dossier result_delivery complain talk_to_officer report_scam out_of_scope""".split()
)
"""Intents that come after an opening or a story."""

ABOUT_A_PROCEDURE = frozenset(
    """ask_procedure_overview ask_documents ask_fee ask_time ask_where ask_steps ask_conditions
    ask_form ask_result ask_legal_basis ask_online_level ask_channel start_filing""".split()
)
"""Intents whose sentences keep their meaning with another procedure's name."""
