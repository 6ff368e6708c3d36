"""The functions of the queue, by the names that its library gives them."""

from __future__ import annotations

OF_THE_QUEUE = {
    "cancel_job_v1",
    "defer_jobs_v1",
    "defer_periodic_job_v2",
    "fetch_job_v2",
    "finish_job_v1",
    "notify_queue_abort_job_v1",
    "notify_queue_job_inserted_v1",
    "prune_stalled_workers_v1",
    "register_worker_v1",
    "retry_job_v1",
    "retry_job_v2",
    "trigger_abort_requested_events_procedure_v1",
    "trigger_function_scheduled_events_v1",
    "trigger_function_status_events_insert_v1",
    "trigger_function_status_events_update_v1",
    "unlink_periodic_defers_v1",
    "unregister_worker_v1",
    "update_heartbeat_v1",
}
