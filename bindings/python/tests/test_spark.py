"""The job for Spark, on a cluster of two workers on this machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

JOB = Path(__file__).parents[1] / "examples/spark_decode.py"
COPIES = 5


# What runs for seconds is not worth compiling.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
OPTIONS = {"spark.ui.enabled": "false", "spark.driver.extraJavaOptions": JAVA, "spark.executor.extraJavaOptions": JAVA}


def run(master: str, *arguments: str) -> None:
    import pyspark

    submit = Path(pyspark.__file__).parent / "bin/spark-submit"
    options = [word for name, value in OPTIONS.items() for word in ("--conf", f"{name}={value}")]
    command = [str(submit), "--master", master, *options, str(JOB)]
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    done = subprocess.run(
        [*command, *arguments], env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-6_000:]


def test_a_folder_of_messages_and_a_column(
    retrieve: bytes, forward: bytes, vectors: dict[str, bytes], tmp_path: Path
) -> None:
    import pyarrow.parquet as parquet

    messages = {"a.mms": retrieve, "b.eml": forward, "c.push": vectors["push-notification"], "d.txt": b"hello"}
    captures = tmp_path / "captures"
    for number in range(COPIES):
        folder = captures / str(number)
        folder.mkdir(parents=True)
        for name, octets in messages.items():
            (folder / name).write_bytes(octets)
    run("local-cluster[2,1,1024]", str(captures), str(tmp_path / "of_files"))
    rows = parquet.read_table(tmp_path / "of_files").to_pylist()
    assert len(rows) == COPIES * len(messages)
    for row in rows:
        name = Path(row["path"]).name
        if name == "d.txt":
            assert row["error"]["kind"] == "not-a-message"
        else:
            assert row["error"] is None
        expected = {"a.mms": "m-retrieve-conf", "b.eml": "MM4_forward.REQ", "c.push": "m-notification-ind"}
        assert row["type"] == expected.get(name)

    table = pa.table({"id": list(range(len(messages))), "pdu": pa.array(list(messages.values()), pa.binary())})
    parquet.write_table(table, tmp_path / "pdus.parquet")
    run("local[2]", str(tmp_path / "pdus.parquet"), str(tmp_path / "of_column"), "--column", "pdu", "--data")
    rows = sorted(parquet.read_table(tmp_path / "of_column").to_pylist(), key=lambda row: row["id"])
    assert [row["subject"] for row in rows[:2]] == ["Un été à la mer", "Grüße from the lake"]
    assert rows[0]["parts"][2]["data"][:6] == b"GIF89a"
