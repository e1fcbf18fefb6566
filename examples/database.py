# Into SQLite, with a query
import sqlite3
import subprocess

subprocess.run(["extract", "texts/", "-q", "--sqlite", "figures.db"], check=True)
query = """
    SELECT articles.title, count(*) AS figures, max(figures.value) AS largest
    FROM figures JOIN articles USING (source_id, article)
    WHERE figures.kind = 'money'
    GROUP BY source_id, article
    ORDER BY largest DESC
"""
for row in sqlite3.connect("figures.db").execute(query):
    print(*row, sep="\t")
