"""Decodes many messages with Spark into one table of Parquet.

    spark-submit spark_decode.py captures/ messages.parquet
    spark-submit spark_decode.py pdus.parquet messages.parquet --column pdu

The first reads the files of a folder, each of which is a message; the second a column of a table, such as an export of a
database. What cannot be decoded has a row, too, with its `error`. The schema is that of `mms_codec.to_arrow`, behind the
other columns of the input.
"""

import argparse
from collections.abc import Iterable, Iterator

import pyarrow as pa
from mms_codec.arrow import SCHEMA, decode_batches
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema


def decode(messages: DataFrame, column: str = "content", *, data: bool = False) -> DataFrame:
    """The messages of a column, decoded. The other columns are kept."""
    keep = [name for name in messages.columns if name != column]
    kept = to_arrow_schema(messages.select(keep).schema)
    schema = from_arrow_schema(pa.schema([*kept, *SCHEMA]))

    def batches(of: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # Spark has a task for each core already.
        return decode_batches(of, column, keep=keep, data=data, threads=1)

    return messages.mapInArrow(batches, schema)


def main() -> None:
    parser = argparse.ArgumentParser(description="Decode many messages into one table of Parquet.")
    parser.add_argument("input", help="a folder of messages, or a table of Parquet")
    parser.add_argument("output", help="the table that is written")
    parser.add_argument("--column", help="the column of the table that has the messages")
    parser.add_argument("--data", action="store_true", help="write the contents of the parts, too")
    args = parser.parse_args()
    spark = SparkSession.builder.appName("mms_codec").getOrCreate()
    if args.column:
        messages = spark.read.parquet(args.input)
    else:
        files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(args.input)
        messages = files.select("path", "content")
    decode(messages, args.column or "content", data=args.data).write.mode("errorifexists").parquet(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
