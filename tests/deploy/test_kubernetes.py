"""The manifests of Kubernetes, without a cluster: the API's own schemas take them, and their parts go together."""

import os
import re
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from careergraph import CareerGraph, Config
from careergraph.web.core.config import FROM_ENVIRONMENT, PREFIX
from truth import seeded
from web.client import Client
from web.stub import Shelf

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
CONTAINERFILE = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
VERSIONS = ("1.33.0", "1.37.0")
"""The oldest Kubernetes that has all fields of the manifests for good, and the newest whose schemas are here."""


class Strict(yaml.SafeLoader):  # type: ignore[misc] # the library has no types
    """A loader that refuses a key that is there twice, of which YAML keeps the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"{node.start_mark}: {keys}"
        return dict(super().construct_mapping(node, deep))


def documents() -> list[dict[str, Any]]:
    files = sorted(it for it in FOLDER.glob("*.yaml") if it.name != "kustomization.yaml")
    return [each for file in files for each in yaml.load_all(file.read_text(encoding="utf-8"), Strict)]


MANIFESTS = {(it["kind"], it["metadata"]["name"]): it for it in documents()}
DEPLOYMENT = MANIFESTS["Deployment", "careergraph"]["spec"]
EXPORT = MANIFESTS["Job", "careergraph-export"]["spec"]


def templates() -> Iterator[tuple[str, dict[str, Any]]]:
    """The template of each pod."""
    for (kind, name), manifest in MANIFESTS.items():
        if "template" in manifest["spec"]:
            yield f"{kind} {name}", manifest["spec"]["template"]


def containers() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, template in templates():
        yield from ((name, it) for it in template["spec"]["containers"])


@pytest.mark.parametrize("version", VERSIONS)
def test_manifests_are_what_the_api_takes(version: str) -> None:
    """By the schemas of the API itself, and strictly: clusters ignore a field that is misspelt."""
    for manifest in MANIFESTS.values():
        kubernetes_validate.validate(manifest, version, strict=True)
    misspelt = deepcopy(MANIFESTS["Deployment", "careergraph"])
    misspelt["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError, match="readynessProbe"):
        kubernetes_validate.validate(misspelt, version, strict=True)


def test_the_kustomization_names_what_is_there() -> None:
    kustomization = yaml.safe_load((FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))
    assert all((FOLDER / it).exists() for it in kustomization["resources"])
    assert {it["name"] for it in kustomization["images"]} == {it["image"] for _, it in containers()}


def test_selectors_find_the_servers_and_nothing_else() -> None:
    """Neither the service nor the budget counts a job's pod as a server."""
    labels = DEPLOYMENT["template"]["metadata"]["labels"]
    budget = MANIFESTS["PodDisruptionBudget", "careergraph"]["spec"]
    selectors = [
        DEPLOYMENT["selector"]["matchLabels"],
        budget["selector"]["matchLabels"],
        MANIFESTS["Service", "careergraph"]["spec"]["selector"],
        *(it["labelSelector"]["matchLabels"] for it in DEPLOYMENT["template"]["spec"]["topologySpreadConstraints"]),
    ]
    for selector in selectors:
        assert selector.items() <= labels.items()
        chosen = [name for name, it in templates() if selector.items() <= it["metadata"]["labels"].items()]
        assert chosen == ["Deployment careergraph"]
    assert 0 < budget["minAvailable"] < DEPLOYMENT["replicas"]


def test_every_container_has_the_database_from_the_secret_and_little_else() -> None:
    """No address and no password stands in a manifest; each container is as unprivileged as the image lets it be."""
    for name, container in containers():
        env = {it["name"]: it for it in container["env"]}
        reference = env["CAREERGRAPH_DATABASE_URL"]["valueFrom"]["secretKeyRef"]
        assert reference == {"name": "careergraph", "key": "database-url"}, name
        settings = {it.removeprefix(PREFIX).lower() for it in env if it.startswith(PREFIX)}
        assert settings <= set(FROM_ENVIRONMENT)
        security = container["securityContext"]
        assert security["readOnlyRootFilesystem"] and not security["allowPrivilegeEscalation"]
        assert security["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["requests"].keys() >= {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]
    for name, template in templates():
        pod = template["spec"]
        (user,) = re.findall(r"^USER (\d+)", CONTAINERFILE, re.MULTILINE)
        assert pod["securityContext"]["runAsUser"] == int(user), name
        volumes = {it["name"] for it in pod["volumes"]}
        assert {it["name"] for container in pod["containers"] for it in container["volumeMounts"]} == volumes
        for volume in pod["volumes"]:
            if claim := volume.get("persistentVolumeClaim"):
                assert ("PersistentVolumeClaim", claim["claimName"]) in MANIFESTS


@pytest.mark.parametrize("probe", ["startupProbe", "livenessProbe", "readinessProbe"])
def test_probes_are_answered_whatever_hosts_are_allowed(probe: str) -> None:
    (server,) = DEPLOYMENT["template"]["spec"]["containers"]
    request = server[probe]["httpGet"]
    headers = {it["name"]: it["value"] for it in request["httpHeaders"]}
    shelf = Shelf(seeded.catalog())
    config = Config.of(allowed_hosts="careers.example")
    response = Client(CareerGraph(config, open_catalogs=lambda _: shelf).asgi()).get(request["path"], headers=headers)
    assert response.status_code == 200
    (port,) = server["ports"]
    assert request["port"] == port["name"]
    assert f"EXPOSE {port['containerPort']}\n" in CONTAINERFILE


def test_the_shards_of_the_export_are_all_of_them(tmp_path: Path) -> None:
    """Indexes count from 0 and shards from 1; a shell says what each pod runs."""
    assert EXPORT["completionMode"] == "Indexed"
    assert EXPORT["parallelism"] <= EXPORT["completions"]
    (container,) = EXPORT["template"]["spec"]["containers"]
    (shards,) = (it["value"] for it in container["env"] if it["name"] == "SHARDS")
    assert int(shards) == EXPORT["completions"]
    program = tmp_path / "careergraph"
    program.write_text('#!/bin/sh\necho "$@"\n')
    program.chmod(0o755)
    ran = []
    for index in range(int(shards)):
        env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SHARDS": shards, "JOB_COMPLETION_INDEX": str(index)}
        line = [*container["command"], *container["args"]]
        ran.append(subprocess.run(line, env=env, capture_output=True, text=True, check=True).stdout.strip())
    beginning = "export /export --comparisons --processes 1 --shard"
    assert ran == [f"{beginning} {number}/{shards}" for number in range(1, int(shards) + 1)]
