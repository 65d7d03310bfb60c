# Written by `python -m tests.index --write`.

from mistral_funcs.agents.complete import agents_complete as agents_complete
from mistral_funcs.agents.stream import agents_stream as agents_stream
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
from mistral_funcs.responses.count_input_tokens import (
    responses_count_input_tokens as responses_count_input_tokens,
)
from mistral_funcs.responses.create import responses_create as responses_create
from mistral_funcs.responses.stream import responses_stream as responses_stream
from mistral_funcs.toolkit.batching.results import BatchOutcome as BatchOutcome
from mistral_funcs.toolkit.batching.run import run_batch as run_batch
from mistral_funcs.toolkit.folding import (
    collect_completion as collect_completion,
    fold_completion as fold_completion,
)
from mistral_funcs.toolkit.pagination import paginate as paginate
from mistral_funcs.toolkit.structured_output import (
    parse as parse,
    response_format_of as response_format_of,
    structure_text as structure_text,
)
from mistral_funcs.toolkit.tools.runnable import (
    RunnableTool as RunnableTool,
    ToolError as ToolError,
    ToolOutput as ToolOutput,
    ToolSource as ToolSource,
)
from mistral_funcs.toolkit.waiting import (
    batch_jobs_wait as batch_jobs_wait,
    batch_jobs_watch as batch_jobs_watch,
    fine_tuning_jobs_wait as fine_tuning_jobs_wait,
    fine_tuning_jobs_watch as fine_tuning_jobs_watch,
)
