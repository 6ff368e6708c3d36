"""The files for containers, as far as they can be checked without a container engine: nothing here is run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from samvirke.config import environment
from samvirke.exchange.inbox.fields import OUR_COLUMNS
from samvirke.surfaces.commands import main
from samvirke.surfaces.commands.postgres import ROLES
from samvirke.surfaces.running import health

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "samvirke"
PINNED = re.compile(r"[a-z]+:\d+\.\d+[\w.-]*")
HOLE = re.compile(r"{{\s*(?P<path>\.[\w.]+)\s*(?:\|\s*(?P<filter>quote)\s*)?}}")


def rendered(template: str, values: dict[str, Any]) -> str:
    """The chart's templates use holes alone, so filling them is all there is to rendering."""

    def fill(hole: re.Match[str]) -> str:
        value: Any = {"Values": values, "Release": {"Name": "samvirke"}}
        for part in hole["path"].strip(".").split("."):
            value = value[part]
        return json.dumps(value) if hole["filter"] else str(value)

    text = HOLE.sub(fill, template)
    assert "{{" not in text.replace("}}}", ""), "a template does more than fill holes"
    return text


def objects() -> list[dict[str, Any]]:
    values = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = []
    for path in sorted((CHART / "templates").glob("*.yaml")):
        found += yaml.safe_load_all(rendered(path.read_text(encoding="utf-8"), values))
    return found


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def pods() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every pod's specification by its part."""
    for thing in objects():
        spec = thing.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "template" in spec:
            yield spec["template"]["metadata"]["labels"]["part"], spec["template"]["spec"]


def services() -> dict[str, dict[str, Any]]:
    """Our own services in the compose file."""
    return {name: one for name, one in compose()["services"].items() if name != "database"}


PODS = dict(pods())
SERVICES = services()


def named_in(container: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["value"] for one in container["env"]}


def test_both_have_the_same_parts() -> None:
    assert set(PODS) == set(SERVICES) == {"web", "worker", "migrate", "backup"}


@pytest.mark.parametrize("part", PODS)
def test_a_pod_may_do_as_little_as_it_must(part: str) -> None:
    pod = PODS[part]
    (container,) = pod["containers"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] >= 10_000
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"cpu", "memory"} == container["resources"]["limits"].keys()
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


@pytest.mark.parametrize("part", SERVICES)
def test_a_service_may_do_as_little_as_it_must(part: str) -> None:
    service = SERVICES[part]
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"cpus", "memory"} == service["deploy"]["resources"]["limits"].keys()
    assert not any(published.startswith(("0.0.0.0", "8", "9")) for published in service.get("ports", []))


def known(name: str) -> bool:
    return name.removesuffix("_FILE") in environment.KNOWN


@pytest.mark.parametrize("part", PODS)
def test_each_part_is_told_what_exists_and_holds_the_secrets_it_needs(part: str) -> None:
    (container,) = PODS[part]["containers"]
    told, service = named_in(container), SERVICES[part]
    assert [name for name in {*told, *service["environment"]} if not known(name)] == []
    assert told.keys() == service["environment"].keys()
    passwords = {name.split("_")[2].lower() for name in told if name.startswith("SAMVIRKE_PASSWORD_")}
    assert all(name.endswith("_FILE") for name in told if "PASSWORD" in name)
    assert passwords <= set(ROLES)
    secrets = {"keys", *passwords}
    assert set(service["secrets"]) == secrets
    items = next(v["secret"]["items"] for v in PODS[part]["volumes"] if "secret" in v)
    assert {item["key"].removesuffix(".json") for item in items} == secrets
    assert ("owner" in passwords) is (part == "migrate")
    assert ("backup" in passwords) is (part == "backup")


def test_every_variable_that_is_read_is_known_and_every_known_one_is_read() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.sql")]
    texts = [path.read_text(encoding="utf-8") for path in sources if path.name != "environment.py"]
    read = set(re.findall(r"\bSAMVIRKE_[A-Z_]+[A-Z]\b", "\n".join(texts)))
    passwords = {f"SAMVIRKE_PASSWORD_{role.upper()}" for role in ROLES}
    others = {"SAMVIRKE_PASSWORD", *OUR_COLUMNS}
    assert {name.removesuffix("_FILE") for name in read} - others | passwords == environment.KNOWN.keys()


@pytest.mark.parametrize("part", PODS)
def test_each_part_runs_a_command_that_exists(part: str) -> None:
    (container,) = PODS[part]["containers"]
    assert container["args"] == SERVICES[part]["command"]
    assert container["args"][0] in main.list_commands(None)  # type: ignore[arg-type]
    if container["args"][0] == "db":
        group = main.get_command(None, "db")  # type: ignore[arg-type]
        assert container["args"][1] in group.list_commands(None)  # type: ignore[union-attr, arg-type]


def test_probes_ask_what_is_answered() -> None:
    (web,) = PODS["web"]["containers"]
    assert web["livenessProbe"]["httpGet"]["path"] == web["startupProbe"]["httpGet"]["path"] == health.ALIVE
    assert web["readinessProbe"]["httpGet"]["path"] == health.READY
    assert health.READY in " ".join(SERVICES["web"]["healthcheck"]["test"])
    ports = {port["name"] for port in web["ports"]}
    assert {web[probe]["httpGet"]["port"] for probe in ("livenessProbe", "readinessProbe")} <= ports


def test_images_are_pinned_and_name_no_host() -> None:
    from_file = re.findall(r"^FROM (\S+)", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), re.M)
    images = [
        *from_file,
        compose()["services"]["database"]["image"],
        *(one["image"] for one in SERVICES.values()),
    ]
    images += [pod["containers"][0]["image"] for pod in PODS.values()]
    assert [image for image in images if PINNED.fullmatch(image) is None] == []


def test_the_network_lets_in_and_out_only_what_is_named() -> None:
    policies = {one["metadata"]["name"]: one["spec"] for one in objects() if one["kind"] == "NetworkPolicy"}
    everything = policies["samvirke"]
    assert everything["podSelector"] == {"matchLabels": {"app": "samvirke"}}
    assert set(everything["policyTypes"]) == {"Ingress", "Egress"}
    assert {port["port"] for rule in everything["egress"] for port in rule["ports"]} == {5432, 53}
    assert all(rule["from"] for policy in policies.values() for rule in policy["ingress"])
    assert compose()["networks"]["inside"]["internal"] is True
    assert [name for name, one in SERVICES.items() if "outside" in one["networks"]] == ["web"]


def test_every_secret_is_a_file_that_git_does_not_keep() -> None:
    declared = compose()["secrets"]
    used = {name for one in compose()["services"].values() for name in one["secrets"]}
    assert declared.keys() == used
    assert all(one["file"].startswith("./secrets/") for one in declared.values())
    assert "deploy/secrets" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_a_template_that_does_more_is_refused() -> None:
    with pytest.raises(AssertionError, match="more than fill holes"):
        rendered("{{ if .Values.x }}", {})
    assert rendered("a: {{ .Values.at | quote }}", {"at": "1 2"}) == 'a: "1 2"'
