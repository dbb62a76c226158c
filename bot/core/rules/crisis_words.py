"""Plain crisis wording in Spanish, French, Portuguese and German: without accents, lower case, apostrophes taken out.

Each row is a category and a pattern. These are the words people use outright; hints are left to
the model, where it covers the language, and to the therapist, where it does not.
"""

from typing import Final

from bot.core.triage import Category

_C = Category.CHILD_SUICIDE_SELF_HARM
_A = Category.ABUSE_OR_NEGLECT_OF_CHILD
_P = Category.PARENT_LOSING_CONTROL
_V = Category.VIOLENCE_OR_WEAPONS
_D = Category.DOMESTIC_VIOLENCE
_M = Category.MEDICAL_EMERGENCY
_G = Category.MISSING_OR_RUNAWAY
_Y = Category.PSYCHOSIS_OR_MANIA
_O = Category.ONLINE_EXPLOITATION
_X = Category.OTHER_DANGER

NOT_MEANT: Final = (
    r"\b(?:de (?:risa|verguenza|rire|honte|rir|vergonha|pena|amor)|morir de (?:sueno|hambre)|lachen|vor scham|kkkk?|juego"
    r"|videojuego|pelicula|jeu|film|serie|jogo|filme|spiel|spel|gra|gry|filmie|oyun\w*|dizi\w*|laro|game|pubg|free fire|serial"
    r"|minecraft|fortnite|roblox|cuento|libro|livre|livro|buch|masal\w*|telenovela|novela)\b"
)

WORDS: Final[dict[str, tuple[tuple[Category, str], ...]]] = {
    "es": (
        (
            _C,
            r"suicid(?:io|a|ar|arse|arme|arte|o|aria)\b|(?:me|se) (?:quiero|quiere|queria|voy a|va a|quise) (?:matar|suicidar|morir|ahorcar)\w*"
            r"|(?:quier[eo]|quisiera|queria|ganas de|prefiero|prefiere|ojala) (?:morir(?:me|se)?|estar muert[oa]|matar(?:me|se)"
            r"|desaparecer|no despertar)\b|no (?:quier[eo]|queria) (?:seguir )?(?:vivi(?:r|endo)|despertar)|quitar(?:me|se) la vida"
            r"|se (?:corta|corto|esta cortando|hace cortes)\b|cort(?:es|adas) en (?:los|sus|el) (?:brazos?|munecas?|piernas?)"
            r"|acabar con (?:mi|su) vida|mejor (?:si|sin mi|que)\w* (?:me )?(?:muero|muriera)|se (?:tomo|trago) (?:todas|muchas) las"
            r" (?:pastillas|pastis)|sobredosis|hacerse dano|autolesi\w+",
        ),
        (
            _A,
            r"(?:lo|la|le|me|nos) (?:viol[oa]|violaron|manose[oa]|abus[oa]|abusaron)\b|abuso sexual|(?:la|lo|le|me) toca(?:ba|n)?"
            r" (?:sus|las|mis) partes|(?:le|lo|la) (?:pega|pego|golpea|golpeo)\b.{0,25}(?:cinto|cable|cinturon|palo|chancla|sangre)",
        ),
        (
            _D,
            r"me (?:pega|pego|golpea|golpeo|ahorco|ahorca|amenaza|amenazo|quiere matar|va a matar|quiso matar)\b",
        ),
        (
            _P,
            r"lo (?:zarandee|sacudi|ahorque|queme)\b|la (?:zarandee|sacudi|ahorque|queme)\b|agarre del cuello",
        ),
        (
            _M,
            r"no respira\b|convulsion\w*|inconsciente|no (?:se )?despierta\b|labios (?:\w+ )?(?:azul|morad|violet)\w*",
        ),
        (
            _V,
            r"(?:me|le|nos|lo|la) (?:amenazo|apunto|ataco|puso) (?:con )?(?:un|una|el|la) (?:cuchillo|navaja|pistola|machete|arma)",
        ),
        (
            _G,
            r"no (?:aparece|volvio|ha vuelto|regreso) (?:a casa|desde)|se (?:escapo|fugo) de casa|esta desaparecid[oa]",
        ),
        (_X, r"auxilio\b|socorro\b"),
        (_Y, r"(?:oye|escucha|oigo) voces"),
        (
            _O,
            r"fotos? (?:desnud[oa]s?|intimas?)|(?:se|la|lo) esta(?:n)? (?:extorsionando|chantajeando)",
        ),
    ),
    "fr": (
        (
            _C,
            r"(?:le|du|au|un|de|se|son|en|me) suicid(?:e|er)\b|suicidaires?|(?:veut|veux|voulait|voulais|envie de|prefere|aimerait|voudrait|voudrais) (?:\w+ )?(?:mourir|se tuer|me tuer"
            r"|en finir|disparaitre|crever|etre morte?)\b|(?:se|me|va se|vais me) (?:pendre|tuer|foutre en lair|suicider)\b|ne veu[tx]"
            r" plus vivre|(?:veu[tx]|voulait) plus (?:vivre|etre la)|den finir\b|(?:se|me) (?:scarifi\w+|mutil\w+|coupe les (?:veines|bras)"
            r"|taillad\w+)|scarifi\w+|automutil\w+|avale (?:tous|toute|plein|une boite).{0,20}(?:comprimes|medicaments|cachets|boite)"
            r"|serai[et]?nt? mieux sans (?:moi|lui|elle)",
        ),
        (
            _A,
            r"(?:la|le|ma|mon|a ete|sest fait|lont|ma) viole[es]?\b|(?:attouchements?|abus sexuels?|agression sexuelle|inceste)"
            r"|(?:la|le|les|ma|mon \w+) (?:frappe|bat|tape|cogne) (?:avec|tous|jusqu|a coups|fort)|touche (?:son|sa|ses|mes|mon) (?:sexe"
            r"|zizi|zezette|kiki|parties|fesses)",
        ),
        (
            _D,
            r"(?:il|elle|mari|ex|conjoint|copain) (?:me|ma|mavait|nous) (?:frappe|bat|battue?|cogne|etrangle|menace|tape|viole)\w*|va me tuer"
            r"|menace de me tuer",
        ),
        (
            _P,
            r"j ?e? ?(?:lai|l ai) (?:secoue|frappe|etrangle|cogne|balance|jete)\w*|secoue (?:fort )?(?:le|mon|ma) bebe|peur de (?:lui|leur)"
            r" faire (?:du )?mal",
        ),
        (
            _M,
            r"ne respire (?:plus|pas)|respire (?:plus|mal)\b|convuls\w+|inconsciente?|se reveille (?:pas|plus)|levres (?:bleues|enflees"
            r"|violettes)|(?:fait|une) overdose|surdose",
        ),
        (_V, r"(?:menace|attaque|poignard\w*|sorti|pointe).{0,20}(?:couteau|fusil|arme|machette)"),
        (_G, r"(?:a )?fugue\b|a disparu\b|est pas (?:rentree?|revenue?)\b|nest jamais arrivee?"),
        (_Y, r"entend(?:s)? des voix"),
        (_O, r"photos? (?:de (?:lui|elle) )?(?:nue?s?|intimes?|denudees?)\b|chantage|sextorsion"),
    ),
    "pt": (
        (
            _C,
            r"suicid(?:io|a|ar|ou|arse)\b|(?:quer|quero|queria|vontade de|prefiro|prefere) (?:\w+ )?(?:morrer|me matar|se matar|matar-se|sumir do mundo"
            r"|estar mort[oa])\b|(?:vou|vai|tentou|tentei) (?:me|se) matar|nao (?:quer|quero|queria) (?:mais )?(?:viver|acordar)|tirar a"
            r" (?:propria|minha|sua) vida|(?:se|me) (?:cort(?:a|ou|ando|ei|o)|mutil\w+|automutil\w+)\b|automutil\w+|cortes (?:no|nos|na|nas)"
            r" (?:brac\w+|pulsos?|coxas?|pernas?)|tomou (?:todos|um monte|uma cartela|muitos).{0,20}(?:remedios?|comprimidos?)|acabar com"
            r" (?:a minha|a sua|minha|sua) vida|melhor sem mim\b",
        ),
        (
            _A,
            r"(?:foi |fui |me |a |o )?(?:estupr\w+|molest(?:ad[oa]|aram|ou)\b)|abus(?:o|ou|ada|ado|ava) (?:sexual\w*|d[aeo])|(?:pass[ao]u?|mex\w+|toc\w+)"
            r" .{0,15}(?:partes intimas|nas partes|pipi|perereca|pinto)|(?:bate|bateu|espanc\w+) (?:nel[ea]|n[ao]|d[oa]).{0,25}(?:cinto|fio|pau"
            r"|chinelo|vara|sangr\w*)|espanc\w+",
        ),
        (
            _D,
            r"(?:ele|marido|ex|companheiro|namorado) (?:me|ja me) (?:bate|bateu|enforc\w+|ameac\w+|estrangul\w+|espanc\w+|empurr\w+)"
            r"|vai me matar|ameacou me matar",
        ),
        (
            _P,
            r"(?:sacudi|chacoalhei|esganei|enforquei|queimei|espanquei) (?:o|a|el[ea]|meu|minha)\b|medo de (?:machucar|matar|fazer mal)",
        ),
        (
            _M,
            r"nao (?:esta |ta )?respira\w*|convuls\w+|inconsciente|nao acorda\b|desmaiou|labios? (?:rox|azu)\w+|(?:de|uma|teve|por) overdose|tomou veneno"
            r"|chumbinho",
        ),
        (
            _V,
            r"(?:ameac\w+|atac\w+|apont\w+|esfaque\w+).{0,20}(?:faca|arma|revolver|facao|navalha)|esfaque\w+",
        ),
        (
            _G,
            r"(?:filh[oa]|menin[oa]|el[ea]|net[oa]) (?:sumiu|desapareceu|fugiu de casa|nao voltou)",
        ),
        (_Y, r"(?:ouve|ouvindo|escuta|escutando|a ouvir) vozes"),
        (
            _O,
            r"(?:fotos?|nudes?|videos?) (?:pelad[oa]|nu[as]?|intim[ao]s?)|(?:mand|pedi|envi|manda)\w* nudes",
        ),
    ),
    "de": (
        (
            _C,
            r"suizid\w*|selbstmord\w*|selbst ?(?:verletz\w*|mord\w*)|(?:will|wollte|moechte|mochte|wurde gern|lieber) (?:\w+ ){0,3}(?:sterben"
            r"|tot sein|nicht mehr leben|nicht mehr da sein|nicht mehr aufwachen)|(?:sich|mich|bring\w* (?:sich|mich)) (?:\w+ )?(?:um(?:bringen)"
            r"|umzubringen|erhang\w*|aufhang\w*|toten|zu toten)\b|bring(?:t|e)? (?:sich|mich) um\b|das leben (?:zu )?nehmen|nicht mehr leben"
            r"|(?:ritzt|geritzt|ritzen|ritze)\b|tabletten (?:genommen|geschluckt)|uberdosis|ware ich (?:doch )?tot|besser (?:dran )?ohne mich",
        ),
        (
            _A,
            r"vergewaltig\w*|missbrauch\w*|sexuell\w* (?:belastig\w*|ubergriff\w*)|(?:schlagt|schlug|verprugelt?|pruegelt|geschlagen)"
            r" .{0,25}(?:gurtel|kind|sohn|tochter|stock|blutig)|(?:angefasst|beruhrt).{0,25}(?:unten|scheide|penis|unterhose)",
        ),
        (
            _D,
            r"(?:er|mann|partner|freund|ex) (?:schlagt|schlug|wurgt|wurgte|bedroht|bedrohte|verpugelt|stosst) mich|hat mich (?:geschlagen|gewurgt"
            r"|vergewaltigt|bedroht|verprugelt)|bringt mich um\b",
        ),
        (
            _P,
            r"(?:hab|habe) (?:ihn|sie|das baby|mein\w* \w+) (?:\w+ ){0,3}(?:geschuttelt|geschlagen|gewurgt|geschubst|verbruht)|angst,? (?:dass ich)?"
            r" .{0,20}(?:was an|weh ?(?:zu )?tu)",
        ),
        (
            _M,
            r"atmet (?:nicht|kaum|schwer|komisch|nur)|krampfanfall|krampft\b|bewusstlos|wacht nicht (?:auf|mehr)|lippen (?:\w+ )?blau|vergiftet",
        ),
        (
            _V,
            r"(?:mit (?:dem|einem) messer|messer an den hals|pistole|waffe) .{0,25}(?:bedroht|angegriffen|gehalten|losgegangen|schule)|amok\w*",
        ),
        (_G, r"(?:verschwunden|weggelaufen|abgehauen|vermisst)\b"),
        (_Y, r"hort (?:\w+ )?stimmen|stimmen (?:sagen|befehlen|im kopf)"),
        (_O, r"nacktbild\w*|nacktfoto\w*|erpress(?:t|en|er)\b"),
    ),
}
