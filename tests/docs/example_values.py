"""Values of the arguments in the examples of the API reference."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

QUESTION: Final = [{"role": "user", "content": "Why is the sky blue?"}]
CHAT: Final = "mistral-large-latest"
JUDGE: Final[Mapping[str, Any]] = {
    "name": "politeness",
    "description": "Whether the response is polite.",
    "model_name": CHAT,
    "output": {
        "type": "CLASSIFICATION",
        "options": [
            {"value": "polite", "description": "It is polite."},
            {"value": "rude", "description": "It is not."},
        ],
    },
    "instructions": "Is the response polite?",
    "tools": [],
}
TIME: Final = datetime(2026, 1, 2, 9, 30, tzinfo=UTC)

BY_NAME: Final[Mapping[str, Any]] = {
    "agent_id": "ag_abc123",
    "alias": "production",
    "chunk_id": "pump:0",
    "chunks_count": 12,
    "connector_id_or_name": "tickets",
    "content": "Manuals of all pumps.",
    "conversation_id": "conv_abc123",
    "conversation_ids": ["conv_abc123"],
    "credentials_name": "default",
    "dataset_record_ids": ["dataset-record-abc123"],
    "description": "Questions of customers.",
    "display_name": "Support",
    "document_ids": ["pump"],
    "documents": [{"id": "pump", "content": "The pump has two valves."}],
    "end_offset": 200,
    "evaluation_slug": "support",
    "event_id": 1,
    "event_source_id": "event-source-abc123",
    "execution_ids": ["execution-abc123"],
    "execution_time": TIME,
    "field_name": "model",
    "file": "notes.pdf",
    "from_entry_id": "msg_abc123",
    "index_name": "docs",
    "input": {"city": "Paris"},
    "instructions": "Is the response polite?",
    "judge_definition": {**JUDGE},
    "language": "en",
    "limit": 20,
    "messages": QUESTION,
    "metric": {"measure": "duration", "aggregation": "p95"},
    "model": CHAT,
    "model_name": CHAT,
    "name": "support",
    "notes": "Approved.",
    "offset": 0,
    "output": JUDGE["output"],
    "pattern": "valve",
    "payload": {"messages": QUESTION},
    "pipeline_config_slugs": ["politeness"],
    "project_slug": "support",
    "prompt": "def add(a, b):",
    "properties": {"reviewed": True},
    "retriever": {"type": "keyword", "query": "valves"},
    "role_ids": ["role-abc123"],
    "sample_audio": "UklGRiQAAABXQVZF",
    "schema": {
        "document_fields": {"title": {"type": "str"}},
        "chunk_fields": {},
    },
    "share_with_uuid": "user-abc123",
    "source_id": "pump",
    "start_offset": 100,
    "tags": ["support"],
    "title": "New tickets",
    "tool_name": "search",
    "tools": [],
    "translated": False,
    "version": 1,
    "workflow_identifier": "echo",
    "workflow_ids": ["workflow-abc123"],
    "workflow_name": "echo",
}
"""Values by the name of the parameter."""

BY_OPERATION: Final[Mapping[str, Any]] = {
    "audio_agents.agent_id": "agent-abc123",
    "audio_agents_create.configuration": {"instructions": "Be brief."},
    "audio_agents_update.configuration": {"instructions": "Be brief and polite."},
    "audio_sessions_create.agent_id": "agent-abc123",
    "audio_speech.input": "Hello, how can I help you?",
    "audio_speech.voice_id": "00000000-0000-4000-8000-00000000a001",
    "audio_speech.model": "voxtral-mini-tts-latest",
    "audio_transcriptions.file": "meeting.mp3",
    "audio_transcriptions.model": "voxtral-mini-latest",
    "batch_jobs_create.requests": [{"custom_id": "1", "body": {"messages": QUESTION}}],
    "beta_agents.name": "librarian",
    "beta_connectors_call_tool.arguments": {"query": "pump"},
    "beta_agents_get_version.version": "1",
    "beta_connectors_create.connector": {
        "name": "tickets",
        "description": "Search and read tickets.",
        "server": "https://mcp.example.com",
    },
    "beta_connectors_update.connector": {"description": "Search, read and close tickets."},
    "beta_connectors_create_credentials.name": "default",
    "beta_connectors_update_credentials.name": "default",
    "beta_context_search_indexes_create.config": {
        "embedding": {"type": "mistral", "name": "mistral-embed", "dimensions": 1024},
    },
    "beta_context_search_indexes_create.name": "docs",
    "beta_conversations.inputs": "Which novels did Jules Verne write?",
    "beta_conversations.model": CHAT,
    "beta_observability_datasets_import_from_spans.mapping_contract": {
        "mappings": [
            {
                "target_field": "question",
                "source_field": {"namespace": "span_attributes", "key": "gen_ai.prompt"},
            },
        ],
    },
    "beta_observability_datasets_import_from_spans.span_references": [
        {"trace_id": "trace-abc123", "span_id": "span-abc123"},
    ],
    "beta_observability_evaluations_create_pipeline.definitions": [{"slug": "politeness"}],
    "beta_observability_evaluations_create_pipeline.selectors": [{"source_kind": "span"}],
    "beta_observability_judges.name": "politeness",
    "beta_observability_judges.description": "Whether the response is polite.",
    "beta_prompts.definition": {"content": "Summarize this text: {{text}}"},
    "beta_rag_ingestion_pipeline_configurations_update_run_info.id": "pipeline-abc123",
    "beta_rag_search_indexes_register_deployment.deployment": {
        "type": "vespa",
        "vespa_version": "8.0",
        "indexes": [],
        "query_url": "https://vespa.example.com",
    },
    "beta_rag_search_indexes_update_index_metrics.metrics": {
        "status": "online",
        "document_count": 1200,
        "index_metrics": [{"name": "docs", "document_count": 1200}],
    },
    "beta_skills.definition": {
        "description": "Write release notes.",
        "body": "List the changes by topic.",
    },
    "beta_triggers_create.action": {"primitive_id": "workflow-abc123", "type": "start_workflow"},
    "beta_webhooks_create.provider": "github",
    "classifiers_classify.input": "My order has not come!",
    "classifiers_classify.model": "ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d",
    "classifiers_classify_chat.input": {"messages": QUESTION},
    "classifiers_moderate.input": "My order has not come!",
    "classifiers_moderate.model": "mistral-moderation-latest",
    "classifiers_moderate_chat.input": QUESTION,
    "embeddings.input": ["The pump has two valves.", "The pump is blue."],
    "embeddings.model": "mistral-embed",
    "files_upload.purpose": "fine-tune",
    "files_upload.file": "training.jsonl",
    "fim.model": "codestral-latest",
    "fine_tuning_jobs_create.hyperparameters": {"training_steps": 100, "learning_rate": 0.0001},
    "fine_tuning_jobs_create.training_files": [{"file_id": "file-abc123"}],
    "fine_tuning_jobs_create.model": "open-mistral-7b",
    "models.model_id": "ft:open-mistral-7b:587a6b29:20240514:7e773925",
    "models_retrieve.model_id": CHAT,
    "ocr_process.document": {
        "type": "document_url",
        "document_url": "https://arxiv.org/pdf/2310.06825",
    },
    "ocr_process.model": "mistral-ocr-latest",
    "realtime.model": "voxtral-mini-transcribe-realtime-latest",
    "responses.input": "Why is the sky blue?",
    "workflows_deployments_create_deployment.spec": {
        "github_url": "https://github.com/example/workers",
        "revision": "main",
    },
    "workflows_deployments.name": "support-workers",
    "workflows_deployments_unharden_deployment.deployment_id": "support-workers",
    "workflows_executions_query_workflow_execution.name": "status",
    "workflows_executions_signal_workflow_execution.name": "approve",
    "workflows_executions_update_workflow_execution.name": "change_address",
    "workflows_schedules.schedule": {"input": {"city": "Paris"}, "cron_expressions": ["0 9 * * *"]},
}
"""Values by the operation and the parameter, or by the beginning of the operation's name."""

MORE: Final[Mapping[str, tuple[str, ...]]] = {
    "audio_sessions_create": ("agent_id",),
    "audio_speech": ("model", "voice_id"),
    "audio_transcriptions": ("file",),
    "batch_jobs_create": ("model", "requests"),
    "beta_connectors_call_tool": ("arguments",),
    "beta_conversations_start": ("model",),
    "files_upload": ("purpose",),
    "fine_tuning_jobs_create": ("training_files",),
}
"""Optional parameters that are in the examples, by the beginning of the operation's name."""

CHANGES: Final = ("name", "display_name", "description", "title", "notes", "inputs", "input")
"""Optional fields of a body without required ones: the first is in the example."""
