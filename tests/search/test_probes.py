"""What residents type finds the answer they need: words in other forms than the titles have."""

from __future__ import annotations

import pytest

from tests.core.html import Html

pytestmark = pytest.mark.django_db

FIRST = 5
PROBES = {
    "ru": [
        ("затопили соседи сверху, какой акт", "akt-o-zalive"),
        ("залив квартиры кто составляет акты", "akt-o-zalive"),
        ("снять председателя осей", "kak-smenit-predsedatelya"),
        ("сменили бы председателей", "kak-smenit-predsedatelya"),
        ("кто может избираться председателем", "kto-mozhet-byt-predsedatelem"),
        ("голоса владельцу двух квартир", "skolko-golosov"),
        ("нет кворума", "kvorum-sobraniya"),
        ("за сколько дней предупреждать о собраниях", "uvedomlenie-za-pyat-dnei"),
        ("капремонта взнос за метр", "skolko-na-kapremont"),
        ("начислили пеню", "srok-oplaty-i-penya"),
        ("взыскание долгов через нотариуса", "vzyskanie-dolga"),
        ("вывесили фамилию должника", "spisok-dolzhnikov"),
        ("перепланировку согласовать с соседями", "pereplanirovka"),
        ("сдаём подвалы в аренду", "arenda-podvala-i-fasada"),
        ("копию протоколов не дают", "kopiya-protokola"),
        ("выписки со счёта дома", "vypiski-po-schetam"),
        ("отписку прислали", "otvetili-otpiskoi"),
        ("анонимную жалобу", "anonimnoe-obraschenie"),
        ("застройщики не отдают документов", "dokumenty-ot-zastroischika"),
        ("магазину платить больше", "vznosy-magazina"),
        ("ревизионную комиссию обязательно избирать", "revizionnaya-komissiya"),
        ("квартиранты голосуют", "kvartirant-golosuet"),
        ("сроки письменного опроса", "pismennyi-opros"),
        ("КСК формой управления", "ksk-forma-ili-net"),
        ("оси не дает отчётов", "sroki-otchetov"),
        ("оформление жилищной помощи", "zhilischnaya-pomosch"),
        ("сантехников пустить к стоякам", "dostup-k-stoyaku"),
        ("тарифы на паркинги", "vznos-za-parking"),
        ("зарплаты председателям", "oplata-predsedatelyu"),
        ("лишнюю строку в квитанциях", "lishnyaya-stroka-v-kvitancii"),
        ("придседателя сменить", "kak-smenit-predsedatelya"),
    ],
    "kk": [
        ("көршілер су басып кетті, акт", "akt-o-zalive"),
        ("төрағаны ауыстырамыз", "kak-smenit-predsedatelya"),
        ("жаңа төрағаны сайлау", "kak-smenit-predsedatelya"),
        ("төрағаның айлығы", "oplata-predsedatelyu"),
        ("екі пәтердің дауысы", "skolko-golosov"),
        ("кворумға неше адам", "kvorum-sobraniya"),
        ("жиналысты хабарлаудың мерзімі", "uvedomlenie-za-pyat-dnei"),
        ("жиналысты кімдер шақырады", "kto-sozyvaet-sobranie"),
        ("күрделі жөндеудің тарифі", "skolko-na-kapremont"),
        ("өсімпұлды есептеу", "srok-oplaty-i-penya"),
        ("қарыздарды өндіру", "vzyskanie-dolga"),
        ("борышкердің тізімдері", "spisok-dolzhnikov"),
        ("қайта жоспарлаудың келісімі", "pereplanirovka"),
        ("жертөлелерді жалға беру", "arenda-podvala-i-fasada"),
        ("хаттамалардың көшірмелері", "kopiya-protokola"),
        ("жалтарма жауаптар", "otvetili-otpiskoi"),
        ("анонимді шағымдар", "anonimnoe-obraschenie"),
        ("дүкендер төлей ме", "vznosy-magazina"),
        ("тексеру комиссиясының міндеті", "revizionnaya-komissiya"),
        ("сауалнаманың мерзімі", "pismennyi-opros"),
        ("пиктен шығу", "ksk-forma-ili-net"),
        ("МИБ есептерін бермейді", "sroki-otchetov"),
        ("тұрғын үйдің көмегін рәсімдеу", "zhilischnaya-pomosch"),
        ("тік құбырлардың шеберлері", "dostup-k-stoyaku"),
        ("паркингтің тарифі", "vznos-za-parking"),
        ("үй кеңесінің мүшелері", "chto-delaet-sovet-doma"),
        ("түбіртектегі артық жолдар", "lishnyaya-stroka-v-kvitancii"),
        ("подъездің лифттері", "remont-odnogo-podezda"),
        ("инспекцияға шағымданамын", "chto-proveryaet-inspekciya"),
        ("өтінішке жауаптар неше күнде", "srok-otveta"),
    ],
}


def found(client, language: str, query: str) -> list[str]:
    """Addresses of the results in order, as the page shows them."""
    elements = Html(client.get(f"/{language}/search/", {"q": query})).elements
    return [
        after["href"]
        for element, after in zip(elements, elements[1:], strict=False)
        if element.tag == "h2" and after.tag == "a"
    ]


@pytest.mark.parametrize(
    ("language", "query", "slug"),
    [
        pytest.param(language, *probe, id=f"{language} {probe[0]}")
        for language, probes in PROBES.items()
        for probe in probes
    ],
)
def test_a_question_in_the_words_of_a_resident_is_answered_at_the_top(client, language, query, slug):
    slugs = [address.rstrip("/").split("/")[-1] for address in found(client, language, query)]

    assert slug in slugs[:FIRST], slugs
