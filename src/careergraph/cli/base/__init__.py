"""What every command needs: how it is declared, how it opens a database, how it reports."""
