"""One address of each page type, in every state a visitor meets."""

PATHS = [
    "/",
    "/questions/",
    "/questions/sobranie/",
    "QUESTION",
    "/guides/",
    "GUIDE",
    "/glossary/",
    "/acts/",
    "/acts/housing-law/",
    "/courses/",
    "/courses/problems-mzhd/",
    "/courses/problems-mzhd/lesson-3/",
    "/seminars/",
    "/seminars/problems-mzhd-3/",
    "/seminars/problems-mzhd-4/",
    "/seminars/problems-mzhd-2/",
    "/seminars/problems-mzhd-3/enrol/",
    "/search/?q=кворум",
    "/search/?q=ыыыыы",
    "/search/",
    "/about/",
    "/front-office/",
    "/deadlines/",
    "/seminars/problems-mzhd-5/",
    "/account/login/",
    "/account/login/password/",
    "/account/password/reset/",
    "/no-such-page/",
]


def addresses(language: str) -> list[str]:
    from home.starter import files

    slugs = {
        "QUESTION": next(
            f"/questions/{topic['slug']}/{question['slug']}/"
            for question in files.read("questions.yaml")["questions"]
            for topic in files.read("questions.yaml")["topics"]
            if question["topic"] == topic["key"] and question["key"] == "faq-008"
        ),
        "GUIDE": f"/guides/{files.read('guides.yaml')[0]['slug']}/",
    }
    return [f"/{language}{slugs.get(path, path)}" for path in PATHS]
