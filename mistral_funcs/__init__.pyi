# Written by `python -m tests.index --write`.

from mistral_funcs.agents.complete import agents_complete as agents_complete
from mistral_funcs.agents.stream import agents_stream as agents_stream
from mistral_funcs.audio.agents.create import audio_agents_create as audio_agents_create
from mistral_funcs.audio.agents.delete import audio_agents_delete as audio_agents_delete
from mistral_funcs.audio.agents.get import audio_agents_get as audio_agents_get
from mistral_funcs.audio.agents.list import audio_agents_list as audio_agents_list
from mistral_funcs.audio.agents.list_sessions import (
    audio_agents_list_sessions as audio_agents_list_sessions,
)
from mistral_funcs.audio.agents.list_versions import (
    audio_agents_list_versions as audio_agents_list_versions,
)
from mistral_funcs.audio.agents.update import audio_agents_update as audio_agents_update
from mistral_funcs.audio.sessions.close import audio_sessions_close as audio_sessions_close
from mistral_funcs.audio.sessions.create import audio_sessions_create as audio_sessions_create
from mistral_funcs.audio.sessions.get import audio_sessions_get as audio_sessions_get
from mistral_funcs.audio.speech.complete import audio_speech_complete as audio_speech_complete
from mistral_funcs.audio.speech.stream import audio_speech_stream as audio_speech_stream
from mistral_funcs.audio.transcriptions.complete import (
    audio_transcriptions_complete as audio_transcriptions_complete,
)
from mistral_funcs.audio.transcriptions.stream import (
    audio_transcriptions_stream as audio_transcriptions_stream,
)
from mistral_funcs.audio.voices.create import audio_voices_create as audio_voices_create
from mistral_funcs.audio.voices.delete import audio_voices_delete as audio_voices_delete
from mistral_funcs.audio.voices.get import audio_voices_get as audio_voices_get
from mistral_funcs.audio.voices.get_sample_audio import (
    audio_voices_get_sample_audio as audio_voices_get_sample_audio,
)
from mistral_funcs.audio.voices.list import audio_voices_list as audio_voices_list
from mistral_funcs.audio.voices.search import audio_voices_search as audio_voices_search
from mistral_funcs.audio.voices.update import audio_voices_update as audio_voices_update
from mistral_funcs.batch.jobs.cancel import batch_jobs_cancel as batch_jobs_cancel
from mistral_funcs.batch.jobs.create import batch_jobs_create as batch_jobs_create
from mistral_funcs.batch.jobs.delete import batch_jobs_delete as batch_jobs_delete
from mistral_funcs.batch.jobs.get import batch_jobs_get as batch_jobs_get
from mistral_funcs.batch.jobs.list import batch_jobs_list as batch_jobs_list
from mistral_funcs.beta.agents.create import beta_agents_create as beta_agents_create
from mistral_funcs.beta.agents.create_version_alias import (
    beta_agents_create_version_alias as beta_agents_create_version_alias,
)
from mistral_funcs.beta.agents.delete import beta_agents_delete as beta_agents_delete
from mistral_funcs.beta.agents.delete_version_alias import (
    beta_agents_delete_version_alias as beta_agents_delete_version_alias,
)
from mistral_funcs.beta.agents.get import beta_agents_get as beta_agents_get
from mistral_funcs.beta.agents.get_version import beta_agents_get_version as beta_agents_get_version
from mistral_funcs.beta.agents.list import beta_agents_list as beta_agents_list
from mistral_funcs.beta.agents.list_pages import beta_agents_list_pages as beta_agents_list_pages
from mistral_funcs.beta.agents.list_version_aliases import (
    beta_agents_list_version_aliases as beta_agents_list_version_aliases,
)
from mistral_funcs.beta.agents.list_versions import (
    beta_agents_list_versions as beta_agents_list_versions,
)
from mistral_funcs.beta.agents.update import beta_agents_update as beta_agents_update
from mistral_funcs.beta.agents.update_version import (
    beta_agents_update_version as beta_agents_update_version,
)
from mistral_funcs.beta.connectors.activate_for_consumer import (
    beta_connectors_activate_for_consumer as beta_connectors_activate_for_consumer,
)
from mistral_funcs.beta.connectors.call_tool import (
    beta_connectors_call_tool as beta_connectors_call_tool,
)
from mistral_funcs.beta.connectors.create import beta_connectors_create as beta_connectors_create
from mistral_funcs.beta.connectors.create_credentials import (
    beta_connectors_create_credentials as beta_connectors_create_credentials,
)
from mistral_funcs.beta.connectors.deactivate_for_consumer import (
    beta_connectors_deactivate_for_consumer as beta_connectors_deactivate_for_consumer,
)
from mistral_funcs.beta.connectors.delete import beta_connectors_delete as beta_connectors_delete
from mistral_funcs.beta.connectors.delete_all_user_credentials import (
    beta_connectors_delete_all_user_credentials as beta_connectors_delete_all_user_credentials,
)
from mistral_funcs.beta.connectors.delete_credentials import (
    beta_connectors_delete_credentials as beta_connectors_delete_credentials,
)
from mistral_funcs.beta.connectors.get import beta_connectors_get as beta_connectors_get
from mistral_funcs.beta.connectors.get_auth_url import (
    beta_connectors_get_auth_url as beta_connectors_get_auth_url,
)
from mistral_funcs.beta.connectors.get_authentication_methods import (
    beta_connectors_get_authentication_methods as beta_connectors_get_authentication_methods,
)
from mistral_funcs.beta.connectors.list import beta_connectors_list as beta_connectors_list
from mistral_funcs.beta.connectors.list_organization_credentials import (
    beta_connectors_list_organization_credentials as beta_connectors_list_organization_credentials,
)
from mistral_funcs.beta.connectors.list_tools import (
    beta_connectors_list_tools as beta_connectors_list_tools,
)
from mistral_funcs.beta.connectors.list_user_credentials import (
    beta_connectors_list_user_credentials as beta_connectors_list_user_credentials,
)
from mistral_funcs.beta.connectors.list_workspace_credentials import (
    beta_connectors_list_workspace_credentials as beta_connectors_list_workspace_credentials,
)
from mistral_funcs.beta.connectors.share import beta_connectors_share as beta_connectors_share
from mistral_funcs.beta.connectors.share_to_organization import (
    beta_connectors_share_to_organization as beta_connectors_share_to_organization,
)
from mistral_funcs.beta.connectors.unshare import beta_connectors_unshare as beta_connectors_unshare
from mistral_funcs.beta.connectors.unshare_from_organization import (
    beta_connectors_unshare_from_organization as beta_connectors_unshare_from_organization,
)
from mistral_funcs.beta.connectors.update import beta_connectors_update as beta_connectors_update
from mistral_funcs.beta.connectors.update_credentials import (
    beta_connectors_update_credentials as beta_connectors_update_credentials,
)
from mistral_funcs.beta.context.search_indexes.create import (
    beta_context_search_indexes_create as beta_context_search_indexes_create,
)
from mistral_funcs.beta.context.search_indexes.delete import (
    beta_context_search_indexes_delete as beta_context_search_indexes_delete,
)
from mistral_funcs.beta.context.search_indexes.delete_documents import (
    beta_context_search_indexes_delete_documents as beta_context_search_indexes_delete_documents,
)
from mistral_funcs.beta.context.search_indexes.generate_index_summary import (
    beta_context_search_indexes_generate_index_summary as beta_context_search_indexes_generate_index_summary,
)
from mistral_funcs.beta.context.search_indexes.get import (
    beta_context_search_indexes_get as beta_context_search_indexes_get,
)
from mistral_funcs.beta.context.search_indexes.get_chunk import (
    beta_context_search_indexes_get_chunk as beta_context_search_indexes_get_chunk,
)
from mistral_funcs.beta.context.search_indexes.get_index_summary import (
    beta_context_search_indexes_get_index_summary as beta_context_search_indexes_get_index_summary,
)
from mistral_funcs.beta.context.search_indexes.grep import (
    beta_context_search_indexes_grep as beta_context_search_indexes_grep,
)
from mistral_funcs.beta.context.search_indexes.ingest_documents import (
    beta_context_search_indexes_ingest_documents as beta_context_search_indexes_ingest_documents,
)
from mistral_funcs.beta.context.search_indexes.list import (
    beta_context_search_indexes_list as beta_context_search_indexes_list,
)
from mistral_funcs.beta.context.search_indexes.navigate import (
    beta_context_search_indexes_navigate as beta_context_search_indexes_navigate,
)
from mistral_funcs.beta.context.search_indexes.read import (
    beta_context_search_indexes_read as beta_context_search_indexes_read,
)
from mistral_funcs.beta.context.search_indexes.search import (
    beta_context_search_indexes_search as beta_context_search_indexes_search,
)
from mistral_funcs.beta.context.search_indexes.set_index_summary import (
    beta_context_search_indexes_set_index_summary as beta_context_search_indexes_set_index_summary,
)
from mistral_funcs.beta.context.search_indexes.update import (
    beta_context_search_indexes_update as beta_context_search_indexes_update,
)
from mistral_funcs.beta.conversations.append import (
    beta_conversations_append as beta_conversations_append,
)
from mistral_funcs.beta.conversations.append_stream import (
    beta_conversations_append_stream as beta_conversations_append_stream,
)
from mistral_funcs.beta.conversations.delete import (
    beta_conversations_delete as beta_conversations_delete,
)
from mistral_funcs.beta.conversations.get import beta_conversations_get as beta_conversations_get
from mistral_funcs.beta.conversations.get_history import (
    beta_conversations_get_history as beta_conversations_get_history,
)
from mistral_funcs.beta.conversations.get_messages import (
    beta_conversations_get_messages as beta_conversations_get_messages,
)
from mistral_funcs.beta.conversations.list import beta_conversations_list as beta_conversations_list
from mistral_funcs.beta.conversations.restart import (
    beta_conversations_restart as beta_conversations_restart,
)
from mistral_funcs.beta.conversations.restart_stream import (
    beta_conversations_restart_stream as beta_conversations_restart_stream,
)
from mistral_funcs.beta.conversations.start import (
    beta_conversations_start as beta_conversations_start,
)
from mistral_funcs.beta.conversations.start_stream import (
    beta_conversations_start_stream as beta_conversations_start_stream,
)
from mistral_funcs.beta.libraries.accesses.delete import (
    beta_libraries_accesses_delete as beta_libraries_accesses_delete,
)
from mistral_funcs.beta.libraries.accesses.list import (
    beta_libraries_accesses_list as beta_libraries_accesses_list,
)
from mistral_funcs.beta.libraries.accesses.update_or_create import (
    beta_libraries_accesses_update_or_create as beta_libraries_accesses_update_or_create,
)
from mistral_funcs.beta.libraries.create import beta_libraries_create as beta_libraries_create
from mistral_funcs.beta.libraries.delete import beta_libraries_delete as beta_libraries_delete
from mistral_funcs.beta.libraries.documents.delete import (
    beta_libraries_documents_delete as beta_libraries_documents_delete,
)
from mistral_funcs.beta.libraries.documents.extracted_text_signed_url import (
    beta_libraries_documents_extracted_text_signed_url as beta_libraries_documents_extracted_text_signed_url,
)
from mistral_funcs.beta.libraries.documents.get import (
    beta_libraries_documents_get as beta_libraries_documents_get,
)
from mistral_funcs.beta.libraries.documents.get_signed_url import (
    beta_libraries_documents_get_signed_url as beta_libraries_documents_get_signed_url,
)
from mistral_funcs.beta.libraries.documents.libraries_documents_update_v1 import (
    beta_libraries_documents_libraries_documents_update_v1 as beta_libraries_documents_libraries_documents_update_v1,
)
from mistral_funcs.beta.libraries.documents.list import (
    beta_libraries_documents_list as beta_libraries_documents_list,
)
from mistral_funcs.beta.libraries.documents.reprocess import (
    beta_libraries_documents_reprocess as beta_libraries_documents_reprocess,
)
from mistral_funcs.beta.libraries.documents.status import (
    beta_libraries_documents_status as beta_libraries_documents_status,
)
from mistral_funcs.beta.libraries.documents.text_content import (
    beta_libraries_documents_text_content as beta_libraries_documents_text_content,
)
from mistral_funcs.beta.libraries.documents.update import (
    beta_libraries_documents_update as beta_libraries_documents_update,
)
from mistral_funcs.beta.libraries.documents.upload import (
    beta_libraries_documents_upload as beta_libraries_documents_upload,
)
from mistral_funcs.beta.libraries.get import beta_libraries_get as beta_libraries_get
from mistral_funcs.beta.libraries.libraries_update_v1 import (
    beta_libraries_libraries_update_v1 as beta_libraries_libraries_update_v1,
)
from mistral_funcs.beta.libraries.list import beta_libraries_list as beta_libraries_list
from mistral_funcs.beta.libraries.update import beta_libraries_update as beta_libraries_update
from mistral_funcs.beta.observability.datasets.create import (
    beta_observability_datasets_create as beta_observability_datasets_create,
)
from mistral_funcs.beta.observability.datasets.create_record import (
    beta_observability_datasets_create_record as beta_observability_datasets_create_record,
)
from mistral_funcs.beta.observability.datasets.delete import (
    beta_observability_datasets_delete as beta_observability_datasets_delete,
)
from mistral_funcs.beta.observability.datasets.export_to_jsonl import (
    beta_observability_datasets_export_to_jsonl as beta_observability_datasets_export_to_jsonl,
)
from mistral_funcs.beta.observability.datasets.fetch import (
    beta_observability_datasets_fetch as beta_observability_datasets_fetch,
)
from mistral_funcs.beta.observability.datasets.fetch_task import (
    beta_observability_datasets_fetch_task as beta_observability_datasets_fetch_task,
)
from mistral_funcs.beta.observability.datasets.import_from_dataset_records import (
    beta_observability_datasets_import_from_dataset_records as beta_observability_datasets_import_from_dataset_records,
)
from mistral_funcs.beta.observability.datasets.import_from_file import (
    beta_observability_datasets_import_from_file as beta_observability_datasets_import_from_file,
)
from mistral_funcs.beta.observability.datasets.import_from_playground import (
    beta_observability_datasets_import_from_playground as beta_observability_datasets_import_from_playground,
)
from mistral_funcs.beta.observability.datasets.import_from_spans import (
    beta_observability_datasets_import_from_spans as beta_observability_datasets_import_from_spans,
)
from mistral_funcs.beta.observability.datasets.list import (
    beta_observability_datasets_list as beta_observability_datasets_list,
)
from mistral_funcs.beta.observability.datasets.list_records import (
    beta_observability_datasets_list_records as beta_observability_datasets_list_records,
)
from mistral_funcs.beta.observability.datasets.list_tasks import (
    beta_observability_datasets_list_tasks as beta_observability_datasets_list_tasks,
)
from mistral_funcs.beta.observability.datasets.records.bulk_delete import (
    beta_observability_datasets_records_bulk_delete as beta_observability_datasets_records_bulk_delete,
)
from mistral_funcs.beta.observability.datasets.records.delete import (
    beta_observability_datasets_records_delete as beta_observability_datasets_records_delete,
)
from mistral_funcs.beta.observability.datasets.records.fetch import (
    beta_observability_datasets_records_fetch as beta_observability_datasets_records_fetch,
)
from mistral_funcs.beta.observability.datasets.records.judge import (
    beta_observability_datasets_records_judge as beta_observability_datasets_records_judge,
)
from mistral_funcs.beta.observability.datasets.records.update_payload import (
    beta_observability_datasets_records_update_payload as beta_observability_datasets_records_update_payload,
)
from mistral_funcs.beta.observability.datasets.records.update_properties import (
    beta_observability_datasets_records_update_properties as beta_observability_datasets_records_update_properties,
)
from mistral_funcs.beta.observability.datasets.update import (
    beta_observability_datasets_update as beta_observability_datasets_update,
)
from mistral_funcs.beta.observability.evaluations.create_pipeline import (
    beta_observability_evaluations_create_pipeline as beta_observability_evaluations_create_pipeline,
)
from mistral_funcs.beta.observability.evaluations.delete_pipeline import (
    beta_observability_evaluations_delete_pipeline as beta_observability_evaluations_delete_pipeline,
)
from mistral_funcs.beta.observability.evaluations.get import (
    beta_observability_evaluations_get as beta_observability_evaluations_get,
)
from mistral_funcs.beta.observability.evaluations.get_pipeline import (
    beta_observability_evaluations_get_pipeline as beta_observability_evaluations_get_pipeline,
)
from mistral_funcs.beta.observability.evaluations.list import (
    beta_observability_evaluations_list as beta_observability_evaluations_list,
)
from mistral_funcs.beta.observability.evaluations.list_pipelines import (
    beta_observability_evaluations_list_pipelines as beta_observability_evaluations_list_pipelines,
)
from mistral_funcs.beta.observability.evaluations.optimizations.get import (
    beta_observability_evaluations_optimizations_get as beta_observability_evaluations_optimizations_get,
)
from mistral_funcs.beta.observability.evaluations.optimizations.list import (
    beta_observability_evaluations_optimizations_list as beta_observability_evaluations_optimizations_list,
)
from mistral_funcs.beta.observability.evaluations.optimizations.list_trials import (
    beta_observability_evaluations_optimizations_list_trials as beta_observability_evaluations_optimizations_list_trials,
)
from mistral_funcs.beta.observability.evaluations.projects.get import (
    beta_observability_evaluations_projects_get as beta_observability_evaluations_projects_get,
)
from mistral_funcs.beta.observability.evaluations.projects.list import (
    beta_observability_evaluations_projects_list as beta_observability_evaluations_projects_list,
)
from mistral_funcs.beta.observability.evaluations.records.get import (
    beta_observability_evaluations_records_get as beta_observability_evaluations_records_get,
)
from mistral_funcs.beta.observability.evaluations.records.search import (
    beta_observability_evaluations_records_search as beta_observability_evaluations_records_search,
)
from mistral_funcs.beta.observability.evaluations.runs.compute_statistics import (
    beta_observability_evaluations_runs_compute_statistics as beta_observability_evaluations_runs_compute_statistics,
)
from mistral_funcs.beta.observability.evaluations.runs.get import (
    beta_observability_evaluations_runs_get as beta_observability_evaluations_runs_get,
)
from mistral_funcs.beta.observability.evaluations.runs.get_statistics import (
    beta_observability_evaluations_runs_get_statistics as beta_observability_evaluations_runs_get_statistics,
)
from mistral_funcs.beta.observability.evaluations.runs.search import (
    beta_observability_evaluations_runs_search as beta_observability_evaluations_runs_search,
)
from mistral_funcs.beta.observability.evaluations.runs.search_all import (
    beta_observability_evaluations_runs_search_all as beta_observability_evaluations_runs_search_all,
)
from mistral_funcs.beta.observability.evaluations.update_pipeline import (
    beta_observability_evaluations_update_pipeline as beta_observability_evaluations_update_pipeline,
)
from mistral_funcs.beta.observability.judges.create import (
    beta_observability_judges_create as beta_observability_judges_create,
)
from mistral_funcs.beta.observability.judges.delete import (
    beta_observability_judges_delete as beta_observability_judges_delete,
)
from mistral_funcs.beta.observability.judges.fetch import (
    beta_observability_judges_fetch as beta_observability_judges_fetch,
)
from mistral_funcs.beta.observability.judges.judge_conversation import (
    beta_observability_judges_judge_conversation as beta_observability_judges_judge_conversation,
)
from mistral_funcs.beta.observability.judges.list import (
    beta_observability_judges_list as beta_observability_judges_list,
)
from mistral_funcs.beta.observability.judges.update import (
    beta_observability_judges_update as beta_observability_judges_update,
)
from mistral_funcs.beta.observability.logs.fetch_options import (
    beta_observability_logs_fetch_options as beta_observability_logs_fetch_options,
)
from mistral_funcs.beta.observability.logs.list import (
    beta_observability_logs_list as beta_observability_logs_list,
)
from mistral_funcs.beta.observability.logs.search import (
    beta_observability_logs_search as beta_observability_logs_search,
)
from mistral_funcs.beta.observability.spans.aggregate import (
    beta_observability_spans_aggregate as beta_observability_spans_aggregate,
)
from mistral_funcs.beta.observability.spans.aggregate_span_evaluations import (
    beta_observability_spans_aggregate_span_evaluations as beta_observability_spans_aggregate_span_evaluations,
)
from mistral_funcs.beta.observability.spans.fetch_span_eval_field_options import (
    beta_observability_spans_fetch_span_eval_field_options as beta_observability_spans_fetch_span_eval_field_options,
)
from mistral_funcs.beta.observability.spans.fetch_span_field_options import (
    beta_observability_spans_fetch_span_field_options as beta_observability_spans_fetch_span_field_options,
)
from mistral_funcs.beta.observability.spans.list_span_eval_fields import (
    beta_observability_spans_list_span_eval_fields as beta_observability_spans_list_span_eval_fields,
)
from mistral_funcs.beta.observability.spans.list_span_fields import (
    beta_observability_spans_list_span_fields as beta_observability_spans_list_span_fields,
)
from mistral_funcs.beta.observability.spans.search_latest_span_evaluations import (
    beta_observability_spans_search_latest_span_evaluations as beta_observability_spans_search_latest_span_evaluations,
)
from mistral_funcs.beta.observability.spans.search_pipeline_results import (
    beta_observability_spans_search_pipeline_results as beta_observability_spans_search_pipeline_results,
)
from mistral_funcs.beta.observability.spans.search_span_evaluations import (
    beta_observability_spans_search_span_evaluations as beta_observability_spans_search_span_evaluations,
)
from mistral_funcs.beta.observability.spans.search_spans import (
    beta_observability_spans_search_spans as beta_observability_spans_search_spans,
)
from mistral_funcs.beta.observability.traces.aggregate import (
    beta_observability_traces_aggregate as beta_observability_traces_aggregate,
)
from mistral_funcs.beta.observability.traces.fetch_options import (
    beta_observability_traces_fetch_options as beta_observability_traces_fetch_options,
)
from mistral_funcs.beta.observability.traces.get_span_by_id import (
    beta_observability_traces_get_span_by_id as beta_observability_traces_get_span_by_id,
)
from mistral_funcs.beta.observability.traces.get_trace_by_id import (
    beta_observability_traces_get_trace_by_id as beta_observability_traces_get_trace_by_id,
)
from mistral_funcs.beta.observability.traces.get_trace_fields import (
    beta_observability_traces_get_trace_fields as beta_observability_traces_get_trace_fields,
)
from mistral_funcs.beta.observability.traces.get_trace_spans import (
    beta_observability_traces_get_trace_spans as beta_observability_traces_get_trace_spans,
)
from mistral_funcs.beta.observability.traces.search import (
    beta_observability_traces_search as beta_observability_traces_search,
)
from mistral_funcs.beta.prompts.create import beta_prompts_create as beta_prompts_create
from mistral_funcs.beta.prompts.create_version import (
    beta_prompts_create_version as beta_prompts_create_version,
)
from mistral_funcs.beta.prompts.delete import beta_prompts_delete as beta_prompts_delete
from mistral_funcs.beta.prompts.get import beta_prompts_get as beta_prompts_get
from mistral_funcs.beta.prompts.get_version import (
    beta_prompts_get_version as beta_prompts_get_version,
)
from mistral_funcs.beta.prompts.list import beta_prompts_list as beta_prompts_list
from mistral_funcs.beta.prompts.list_versions import (
    beta_prompts_list_versions as beta_prompts_list_versions,
)
from mistral_funcs.beta.prompts.update_metadata import (
    beta_prompts_update_metadata as beta_prompts_update_metadata,
)
from mistral_funcs.beta.prompts.update_version_metadata import (
    beta_prompts_update_version_metadata as beta_prompts_update_version_metadata,
)
from mistral_funcs.beta.rag.ingestion_pipeline_configurations.list import (
    beta_rag_ingestion_pipeline_configurations_list as beta_rag_ingestion_pipeline_configurations_list,
)
from mistral_funcs.beta.rag.ingestion_pipeline_configurations.register import (
    beta_rag_ingestion_pipeline_configurations_register as beta_rag_ingestion_pipeline_configurations_register,
)
from mistral_funcs.beta.rag.ingestion_pipeline_configurations.update_run_info import (
    beta_rag_ingestion_pipeline_configurations_update_run_info as beta_rag_ingestion_pipeline_configurations_update_run_info,
)
from mistral_funcs.beta.rag.search_indexes.get_deployment_summaries import (
    beta_rag_search_indexes_get_deployment_summaries as beta_rag_search_indexes_get_deployment_summaries,
)
from mistral_funcs.beta.rag.search_indexes.register_deployment import (
    beta_rag_search_indexes_register_deployment as beta_rag_search_indexes_register_deployment,
)
from mistral_funcs.beta.rag.search_indexes.unregister_deployment import (
    beta_rag_search_indexes_unregister_deployment as beta_rag_search_indexes_unregister_deployment,
)
from mistral_funcs.beta.rag.search_indexes.update_index_metrics import (
    beta_rag_search_indexes_update_index_metrics as beta_rag_search_indexes_update_index_metrics,
)
from mistral_funcs.beta.service_accounts.create import (
    beta_service_accounts_create as beta_service_accounts_create,
)
from mistral_funcs.beta.service_accounts.delete import (
    beta_service_accounts_delete as beta_service_accounts_delete,
)
from mistral_funcs.beta.service_accounts.get import (
    beta_service_accounts_get as beta_service_accounts_get,
)
from mistral_funcs.beta.service_accounts.list import (
    beta_service_accounts_list as beta_service_accounts_list,
)
from mistral_funcs.beta.service_accounts.list_assignable_roles import (
    beta_service_accounts_list_assignable_roles as beta_service_accounts_list_assignable_roles,
)
from mistral_funcs.beta.service_accounts.list_roles import (
    beta_service_accounts_list_roles as beta_service_accounts_list_roles,
)
from mistral_funcs.beta.service_accounts.set_roles import (
    beta_service_accounts_set_roles as beta_service_accounts_set_roles,
)
from mistral_funcs.beta.service_accounts.update import (
    beta_service_accounts_update as beta_service_accounts_update,
)
from mistral_funcs.beta.skills.create import beta_skills_create as beta_skills_create
from mistral_funcs.beta.skills.create_version import (
    beta_skills_create_version as beta_skills_create_version,
)
from mistral_funcs.beta.skills.delete import beta_skills_delete as beta_skills_delete
from mistral_funcs.beta.skills.get import beta_skills_get as beta_skills_get
from mistral_funcs.beta.skills.get_version import beta_skills_get_version as beta_skills_get_version
from mistral_funcs.beta.skills.list import beta_skills_list as beta_skills_list
from mistral_funcs.beta.skills.list_versions import (
    beta_skills_list_versions as beta_skills_list_versions,
)
from mistral_funcs.beta.skills.update_metadata import (
    beta_skills_update_metadata as beta_skills_update_metadata,
)
from mistral_funcs.beta.skills.update_version_metadata import (
    beta_skills_update_version_metadata as beta_skills_update_version_metadata,
)
from mistral_funcs.beta.triggers.create import beta_triggers_create as beta_triggers_create
from mistral_funcs.beta.triggers.delete import beta_triggers_delete as beta_triggers_delete
from mistral_funcs.beta.triggers.get import beta_triggers_get as beta_triggers_get
from mistral_funcs.beta.triggers.list import beta_triggers_list as beta_triggers_list
from mistral_funcs.beta.triggers.list_events import (
    beta_triggers_list_events as beta_triggers_list_events,
)
from mistral_funcs.beta.users.get_identity import beta_users_get_identity as beta_users_get_identity
from mistral_funcs.beta.users.list_organizations import (
    beta_users_list_organizations as beta_users_list_organizations,
)
from mistral_funcs.beta.users.list_workspaces import (
    beta_users_list_workspaces as beta_users_list_workspaces,
)
from mistral_funcs.beta.users.whoami import beta_users_whoami as beta_users_whoami
from mistral_funcs.beta.webhooks.create import beta_webhooks_create as beta_webhooks_create
from mistral_funcs.beta.webhooks.delete import beta_webhooks_delete as beta_webhooks_delete
from mistral_funcs.beta.webhooks.get import beta_webhooks_get as beta_webhooks_get
from mistral_funcs.beta.webhooks.get_signing_secret import (
    beta_webhooks_get_signing_secret as beta_webhooks_get_signing_secret,
)
from mistral_funcs.beta.webhooks.list import beta_webhooks_list as beta_webhooks_list
from mistral_funcs.chat.complete import chat_complete as chat_complete
from mistral_funcs.chat.stream import chat_stream as chat_stream
from mistral_funcs.classifiers.classify import classifiers_classify as classifiers_classify
from mistral_funcs.classifiers.classify_chat import (
    classifiers_classify_chat as classifiers_classify_chat,
)
from mistral_funcs.classifiers.moderate import classifiers_moderate as classifiers_moderate
from mistral_funcs.classifiers.moderate_chat import (
    classifiers_moderate_chat as classifiers_moderate_chat,
)
from mistral_funcs.embeddings.create import embeddings_create as embeddings_create
from mistral_funcs.events.get_stream_events import (
    events_get_stream_events as events_get_stream_events,
)
from mistral_funcs.events.get_workflow_events import (
    events_get_workflow_events as events_get_workflow_events,
)
from mistral_funcs.files.delete import files_delete as files_delete
from mistral_funcs.files.download import files_download as files_download
from mistral_funcs.files.get_signed_url import files_get_signed_url as files_get_signed_url
from mistral_funcs.files.list import files_list as files_list
from mistral_funcs.files.retrieve import files_retrieve as files_retrieve
from mistral_funcs.files.upload import files_upload as files_upload
from mistral_funcs.fim.complete import fim_complete as fim_complete
from mistral_funcs.fim.stream import fim_stream as fim_stream
from mistral_funcs.fine_tuning.jobs.cancel import fine_tuning_jobs_cancel as fine_tuning_jobs_cancel
from mistral_funcs.fine_tuning.jobs.create import fine_tuning_jobs_create as fine_tuning_jobs_create
from mistral_funcs.fine_tuning.jobs.get import fine_tuning_jobs_get as fine_tuning_jobs_get
from mistral_funcs.fine_tuning.jobs.list import fine_tuning_jobs_list as fine_tuning_jobs_list
from mistral_funcs.fine_tuning.jobs.start import fine_tuning_jobs_start as fine_tuning_jobs_start
from mistral_funcs.models.archive import models_archive as models_archive
from mistral_funcs.models.delete import models_delete as models_delete
from mistral_funcs.models.list import models_list as models_list
from mistral_funcs.models.retrieve import models_retrieve as models_retrieve
from mistral_funcs.models.unarchive import models_unarchive as models_unarchive
from mistral_funcs.models.update import models_update as models_update
from mistral_funcs.ocr.process import ocr_process as ocr_process
from mistral_funcs.realtime.sessions.create import (
    realtime_sessions_create as realtime_sessions_create,
)
from mistral_funcs.responses.count_input_tokens import (
    responses_count_input_tokens as responses_count_input_tokens,
)
from mistral_funcs.responses.create import responses_create as responses_create
from mistral_funcs.responses.stream import responses_stream as responses_stream
from mistral_funcs.toolkit.batching.batch_run import run_batch as run_batch
from mistral_funcs.toolkit.batching.progress import BatchProgress as BatchProgress
from mistral_funcs.toolkit.batching.results import BatchOutcome as BatchOutcome
from mistral_funcs.toolkit.call_mapping import map_calls as map_calls
from mistral_funcs.toolkit.clouds.azure_ai import AzureAI as AzureAI
from mistral_funcs.toolkit.clouds.vertex_ai import VertexAI as VertexAI
from mistral_funcs.toolkit.conversation_folding import (
    collect_conversation as collect_conversation,
    fold_conversation as fold_conversation,
)
from mistral_funcs.toolkit.datasets.record_import import (
    RecordBatch as RecordBatch,
    beta_observability_datasets_import_jsonl as beta_observability_datasets_import_jsonl,
)
from mistral_funcs.toolkit.folding import (
    collect_completion as collect_completion,
    fold_completion as fold_completion,
)
from mistral_funcs.toolkit.libraries.document_waiting import (
    beta_libraries_documents_wait as beta_libraries_documents_wait,
    beta_libraries_documents_watch as beta_libraries_documents_watch,
)
from mistral_funcs.toolkit.libraries.upload_folder import (
    DocumentUpload as DocumentUpload,
    upload_folder as upload_folder,
)
from mistral_funcs.toolkit.local_documents import (
    LocalDocument as LocalDocument,
    document_of as document_of,
)
from mistral_funcs.toolkit.many_embeddings import (
    EmbeddingsError as EmbeddingsError,
    embeddings_create_many as embeddings_create_many,
)
from mistral_funcs.toolkit.mcp.connector_requests import (
    ConnectorResponse as ConnectorResponse,
    connector_request as connector_request,
)
from mistral_funcs.toolkit.mcp.mcp_opening import (
    McpOptions as McpOptions,
    mcp_connector as mcp_connector,
    mcp_http as mcp_http,
    mcp_sse as mcp_sse,
    mcp_stdio as mcp_stdio,
)
from mistral_funcs.toolkit.mcp.mcp_server import McpServer as McpServer
from mistral_funcs.toolkit.mcp.proxy_status import (
    GatewayError as GatewayError,
    gateway_error as gateway_error,
)
from mistral_funcs.toolkit.ocr_files import save_ocr as save_ocr
from mistral_funcs.toolkit.pagination import paginate as paginate
from mistral_funcs.toolkit.payloads.object_storage import (
    ObjectStorage as ObjectStorage,
    ObstoreStorage as ObstoreStorage,
)
from mistral_funcs.toolkit.payloads.payload_codec import (
    EncodedPayload as EncodedPayload,
    PayloadCodec as PayloadCodec,
)
from mistral_funcs.toolkit.payloads.payload_compression import (
    PayloadCompression as PayloadCompression,
)
from mistral_funcs.toolkit.payloads.payload_encryption import (
    PayloadEncryption as PayloadEncryption,
    encrypted_string as encrypted_string,
)
from mistral_funcs.toolkit.payloads.payload_offloading import PayloadOffloading as PayloadOffloading
from mistral_funcs.toolkit.payloads.payload_transport import PayloadTransport as PayloadTransport
from mistral_funcs.toolkit.realtime.audio_buffer import AudioBuffer as AudioBuffer
from mistral_funcs.toolkit.realtime.live_speech import (
    RealtimeSpeech as RealtimeSpeech,
    SpeechSession as SpeechSession,
    audio_speech_realtime as audio_speech_realtime,
)
from mistral_funcs.toolkit.realtime.live_transcription import (
    RealtimeTranscription as RealtimeTranscription,
    TranscriptionSession as TranscriptionSession,
    audio_transcriptions_realtime as audio_transcriptions_realtime,
)
from mistral_funcs.toolkit.runs.complete_run import run as run
from mistral_funcs.toolkit.runs.decisions import (
    Approve as Approve,
    Decision as Decision,
    Reject as Reject,
)
from mistral_funcs.toolkit.runs.run_calls import RunCall as RunCall, RunUsage as RunUsage
from mistral_funcs.toolkit.runs.run_errors import (
    RunError as RunError,
    RunErrorReason as RunErrorReason,
)
from mistral_funcs.toolkit.runs.run_events import (
    Run as Run,
    RunChunk as RunChunk,
    RunEnd as RunEnd,
    RunEvent as RunEvent,
    RunToolCall as RunToolCall,
    RunToolResult as RunToolResult,
)
from mistral_funcs.toolkit.runs.run_state import RunState as RunState
from mistral_funcs.toolkit.runs.run_stream import RunStream as RunStream, run_stream as run_stream
from mistral_funcs.toolkit.runs.run_tasks import (
    StartedRun as StartedRun,
    StartedTool as StartedTool,
)
from mistral_funcs.toolkit.runs.single_call import call_tool as call_tool
from mistral_funcs.toolkit.runs.tool_execution import (
    CurrentCall as CurrentCall,
    current_call as current_call,
)
from mistral_funcs.toolkit.runs.toolset import Tools as Tools
from mistral_funcs.toolkit.structured_output import (
    parse as parse,
    response_format_of as response_format_of,
    structure_text as structure_text,
)
from mistral_funcs.toolkit.structured_streams import (
    Complete as Complete,
    ParsedStream as ParsedStream,
    Partial as Partial,
    parse_stream as parse_stream,
)
from mistral_funcs.toolkit.telemetry.telemetry_hooks import telemetry as telemetry
from mistral_funcs.toolkit.tool_arguments import tool_arguments as tool_arguments
from mistral_funcs.toolkit.tools.callable_tool import CallableTool as CallableTool, tool as tool
from mistral_funcs.toolkit.tools.runnable import (
    RunnableTool as RunnableTool,
    ToolError as ToolError,
    ToolOutput as ToolOutput,
    ToolSource as ToolSource,
)
from mistral_funcs.toolkit.training.training_files import (
    LineFault as LineFault,
    TrainingFileReport as TrainingFileReport,
    validate_training_file as validate_training_file,
)
from mistral_funcs.toolkit.waiting import (
    batch_jobs_wait as batch_jobs_wait,
    batch_jobs_watch as batch_jobs_watch,
    fine_tuning_jobs_wait as fine_tuning_jobs_wait,
    fine_tuning_jobs_watch as fine_tuning_jobs_watch,
)
from mistral_funcs.toolkit.workflows.connector_authorization import (
    ConnectorAuthorization as ConnectorAuthorization,
    ExecutionEvent as ExecutionEvent,
)
from mistral_funcs.toolkit.workflows.connector_bindings import (
    ConnectorBinding as ConnectorBinding,
    connector_extensions as connector_extensions,
)
from mistral_funcs.toolkit.workflows.executing import (
    workflows_execute_and_wait as workflows_execute_and_wait,
    workflows_executions_start as workflows_executions_start,
)
from mistral_funcs.toolkit.workflows.execution_waiting import (
    execution_result as execution_result,
    workflows_executions_wait as workflows_executions_wait,
    workflows_executions_watch as workflows_executions_watch,
)
from mistral_funcs.toolkit.workflows.following import (
    workflows_executions_follow as workflows_executions_follow,
)
from mistral_funcs.workflows.add_workflow_tags import (
    workflows_add_workflow_tags as workflows_add_workflow_tags,
)
from mistral_funcs.workflows.archive_workflow import (
    workflows_archive_workflow as workflows_archive_workflow,
)
from mistral_funcs.workflows.bulk_archive_workflows import (
    workflows_bulk_archive_workflows as workflows_bulk_archive_workflows,
)
from mistral_funcs.workflows.bulk_unarchive_workflows import (
    workflows_bulk_unarchive_workflows as workflows_bulk_unarchive_workflows,
)
from mistral_funcs.workflows.deployments.create_deployment import (
    workflows_deployments_create_deployment as workflows_deployments_create_deployment,
)
from mistral_funcs.workflows.deployments.delete_deployment import (
    workflows_deployments_delete_deployment as workflows_deployments_delete_deployment,
)
from mistral_funcs.workflows.deployments.get_deployment import (
    workflows_deployments_get_deployment as workflows_deployments_get_deployment,
)
from mistral_funcs.workflows.deployments.get_deployment_archive import (
    workflows_deployments_get_deployment_archive as workflows_deployments_get_deployment_archive,
)
from mistral_funcs.workflows.deployments.get_deployment_logs import (
    workflows_deployments_get_deployment_logs as workflows_deployments_get_deployment_logs,
)
from mistral_funcs.workflows.deployments.list_deployment_workers import (
    workflows_deployments_list_deployment_workers as workflows_deployments_list_deployment_workers,
)
from mistral_funcs.workflows.deployments.list_deployments import (
    workflows_deployments_list_deployments as workflows_deployments_list_deployments,
)
from mistral_funcs.workflows.deployments.restart_deployment import (
    workflows_deployments_restart_deployment as workflows_deployments_restart_deployment,
)
from mistral_funcs.workflows.deployments.start_deployment import (
    workflows_deployments_start_deployment as workflows_deployments_start_deployment,
)
from mistral_funcs.workflows.deployments.stop_deployment import (
    workflows_deployments_stop_deployment as workflows_deployments_stop_deployment,
)
from mistral_funcs.workflows.deployments.stream_deployment_logs import (
    workflows_deployments_stream_deployment_logs as workflows_deployments_stream_deployment_logs,
)
from mistral_funcs.workflows.deployments.unharden_deployment import (
    workflows_deployments_unharden_deployment as workflows_deployments_unharden_deployment,
)
from mistral_funcs.workflows.deployments.update_deployment import (
    workflows_deployments_update_deployment as workflows_deployments_update_deployment,
)
from mistral_funcs.workflows.events.get_stream_events import (
    workflows_events_get_stream_events as workflows_events_get_stream_events,
)
from mistral_funcs.workflows.events.get_workflow_events import (
    workflows_events_get_workflow_events as workflows_events_get_workflow_events,
)
from mistral_funcs.workflows.execute_workflow import (
    workflows_execute_workflow as workflows_execute_workflow,
)
from mistral_funcs.workflows.execute_workflow_registration import (
    workflows_execute_workflow_registration as workflows_execute_workflow_registration,
)
from mistral_funcs.workflows.executions.batch_cancel_workflow_executions import (
    workflows_executions_batch_cancel_workflow_executions as workflows_executions_batch_cancel_workflow_executions,
)
from mistral_funcs.workflows.executions.batch_terminate_workflow_executions import (
    workflows_executions_batch_terminate_workflow_executions as workflows_executions_batch_terminate_workflow_executions,
)
from mistral_funcs.workflows.executions.cancel_workflow_execution import (
    workflows_executions_cancel_workflow_execution as workflows_executions_cancel_workflow_execution,
)
from mistral_funcs.workflows.executions.get_workflow_execution import (
    workflows_executions_get_workflow_execution as workflows_executions_get_workflow_execution,
)
from mistral_funcs.workflows.executions.get_workflow_execution_history import (
    workflows_executions_get_workflow_execution_history as workflows_executions_get_workflow_execution_history,
)
from mistral_funcs.workflows.executions.get_workflow_execution_logs import (
    workflows_executions_get_workflow_execution_logs as workflows_executions_get_workflow_execution_logs,
)
from mistral_funcs.workflows.executions.get_workflow_execution_trace_events import (
    workflows_executions_get_workflow_execution_trace_events as workflows_executions_get_workflow_execution_trace_events,
)
from mistral_funcs.workflows.executions.get_workflow_execution_trace_info import (
    workflows_executions_get_workflow_execution_trace_info as workflows_executions_get_workflow_execution_trace_info,
)
from mistral_funcs.workflows.executions.get_workflow_execution_trace_otel import (
    workflows_executions_get_workflow_execution_trace_otel as workflows_executions_get_workflow_execution_trace_otel,
)
from mistral_funcs.workflows.executions.get_workflow_execution_trace_summary import (
    workflows_executions_get_workflow_execution_trace_summary as workflows_executions_get_workflow_execution_trace_summary,
)
from mistral_funcs.workflows.executions.query_workflow_execution import (
    workflows_executions_query_workflow_execution as workflows_executions_query_workflow_execution,
)
from mistral_funcs.workflows.executions.reset_workflow import (
    workflows_executions_reset_workflow as workflows_executions_reset_workflow,
)
from mistral_funcs.workflows.executions.signal_workflow_execution import (
    workflows_executions_signal_workflow_execution as workflows_executions_signal_workflow_execution,
)
from mistral_funcs.workflows.executions.stream import (
    workflows_executions_stream as workflows_executions_stream,
)
from mistral_funcs.workflows.executions.stream_workflow_execution_logs import (
    workflows_executions_stream_workflow_execution_logs as workflows_executions_stream_workflow_execution_logs,
)
from mistral_funcs.workflows.executions.terminate_workflow_execution import (
    workflows_executions_terminate_workflow_execution as workflows_executions_terminate_workflow_execution,
)
from mistral_funcs.workflows.executions.update_workflow_execution import (
    workflows_executions_update_workflow_execution as workflows_executions_update_workflow_execution,
)
from mistral_funcs.workflows.get_workflow import workflows_get_workflow as workflows_get_workflow
from mistral_funcs.workflows.get_workflow_registration import (
    workflows_get_workflow_registration as workflows_get_workflow_registration,
)
from mistral_funcs.workflows.get_workflow_registrations import (
    workflows_get_workflow_registrations as workflows_get_workflow_registrations,
)
from mistral_funcs.workflows.get_workflows import workflows_get_workflows as workflows_get_workflows
from mistral_funcs.workflows.metrics.get_workflow_metrics import (
    workflows_metrics_get_workflow_metrics as workflows_metrics_get_workflow_metrics,
)
from mistral_funcs.workflows.runs.get_run import workflows_runs_get_run as workflows_runs_get_run
from mistral_funcs.workflows.runs.get_run_history import (
    workflows_runs_get_run_history as workflows_runs_get_run_history,
)
from mistral_funcs.workflows.runs.list_runs import (
    workflows_runs_list_runs as workflows_runs_list_runs,
)
from mistral_funcs.workflows.schedules.get_schedule import (
    workflows_schedules_get_schedule as workflows_schedules_get_schedule,
)
from mistral_funcs.workflows.schedules.get_schedules import (
    workflows_schedules_get_schedules as workflows_schedules_get_schedules,
)
from mistral_funcs.workflows.schedules.pause_schedule import (
    workflows_schedules_pause_schedule as workflows_schedules_pause_schedule,
)
from mistral_funcs.workflows.schedules.resume_schedule import (
    workflows_schedules_resume_schedule as workflows_schedules_resume_schedule,
)
from mistral_funcs.workflows.schedules.schedule_workflow import (
    workflows_schedules_schedule_workflow as workflows_schedules_schedule_workflow,
)
from mistral_funcs.workflows.schedules.trigger_schedule import (
    workflows_schedules_trigger_schedule as workflows_schedules_trigger_schedule,
)
from mistral_funcs.workflows.schedules.unschedule_workflow import (
    workflows_schedules_unschedule_workflow as workflows_schedules_unschedule_workflow,
)
from mistral_funcs.workflows.schedules.update_schedule import (
    workflows_schedules_update_schedule as workflows_schedules_update_schedule,
)
from mistral_funcs.workflows.unarchive_workflow import (
    workflows_unarchive_workflow as workflows_unarchive_workflow,
)
from mistral_funcs.workflows.update_workflow import (
    workflows_update_workflow as workflows_update_workflow,
)
