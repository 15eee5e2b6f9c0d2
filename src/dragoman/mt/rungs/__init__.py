"""One rung of the ladder a file. Each proposes candidates; `ladder` judges them."""
