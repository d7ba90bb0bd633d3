BEGIN TRANSACTION;
CREATE TABLE asked_questions (
            id INTEGER PRIMARY KEY,
            channel TEXT NOT NULL,
            conversation TEXT NOT NULL CHECK (conversation <> ''),
            text TEXT NOT NULL,
            asked_at TEXT NOT NULL
        ) STRICT;
INSERT INTO "asked_questions" VALUES(1,'slack','U0CLERK/','指定管理の効果額は？','2023-07-10T10:01:40.000+09:00');
INSERT INTO "asked_questions" VALUES(2,'slack','U0CLERK/','3-1-2の効果額は？','2023-07-10T10:01:50.000+09:00');
INSERT INTO "asked_questions" VALUES(3,'page','browser-1','3-1-2の効果額は？','2023-07-10T10:02:01.000+09:00');
CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            what TEXT NOT NULL CHECK (what <> ''),
            subject TEXT NOT NULL DEFAULT '',
            before TEXT NOT NULL DEFAULT '',
            after TEXT NOT NULL DEFAULT ''
        ) STRICT;
INSERT INTO "audit" VALUES(1,'2023-07-10T10:00:51.000+09:00','bunka-tanto','自己評価の提出','R5 3-1-2 第1版','','');
CREATE TABLE deadlines (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            number INTEGER NOT NULL CHECK (number >= 1),
            before TEXT NOT NULL CHECK (before GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            moved_at TEXT NOT NULL,
            moved_by TEXT NOT NULL CHECK (moved_by <> ''),
            UNIQUE (round, phase, number)
        ) STRICT;
CREATE TABLE dialogues (
            person TEXT PRIMARY KEY CHECK (person <> ''),
            draft INTEGER NOT NULL REFERENCES drafts,
            channel TEXT NOT NULL,
            conversation TEXT NOT NULL,
            since TEXT NOT NULL,
            taken_by TEXT NOT NULL DEFAULT ''
        ) STRICT;
INSERT INTO "dialogues" VALUES('kanko-tanto',2,'slack','U0ELSE/','2023-07-10T10:01:15.000+09:00','');
CREATE TABLE drafts (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            subject TEXT NOT NULL CHECK (subject <> ''),
            state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'discarded')),
            revision INTEGER NOT NULL CHECK (revision >= 0),
            at TEXT NOT NULL,
            answers TEXT NOT NULL CHECK (json_valid(answers)),
            asked_back TEXT NOT NULL CHECK (json_valid(asked_back)),
            pending TEXT CHECK (pending IS NULL OR json_valid(pending)),
            follows INTEGER NOT NULL CHECK (follows >= 0),
            changed_by TEXT NOT NULL CHECK (changed_by <> ''),
            changed_at TEXT NOT NULL
        ) STRICT;
INSERT INTO "drafts" VALUES(1,'R5','3-1-2','submitted',6,'summary','{"state": {"text": "on_track", "value": null, "is_skipped": false}, "forecast/3-1-2/effect_amount": {"text": "", "value": 14561000, "is_skipped": false}, "actual/3-1-2/effect_amount": {"text": "", "value": 14500000, "is_skipped": false}, "success": {"text": "", "value": null, "is_skipped": true}, "problems": {"text": "文化振興課が9月までに開館日を見直す", "value": null, "is_skipped": false}}','[]',NULL,0,'bunka-tanto','2023-07-10T10:00:51.000+09:00');
INSERT INTO "drafts" VALUES(2,'R5','3-1-3','open',1,'forecast/3-1-3/effect_amount','{"state": {"text": "on_track", "value": null, "is_skipped": false}}','[]',NULL,0,'kanko-tanto','2023-07-10T10:01:31.000+09:00');
CREATE TABLE editions (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE CHECK (id <> ''),
            title TEXT NOT NULL CHECK (title <> ''),
            effective TEXT NOT NULL CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
            effective_is_assumed INTEGER NOT NULL CHECK (effective_is_assumed IN (0, 1)),
            is_first INTEGER NOT NULL CHECK (is_first IN (0, 1)),
            sheets TEXT NOT NULL CHECK (json_valid(sheets)),
            initiatives TEXT NOT NULL CHECK (json_valid(initiatives))
        ) STRICT;
CREATE TABLE entries (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            subject TEXT NOT NULL CHECK (subject <> ''),
            version INTEGER NOT NULL CHECK (version >= 1),
            code TEXT NOT NULL CHECK (code <> ''),
            title TEXT NOT NULL,
            edition TEXT NOT NULL CHECK (edition <> ''),
            department TEXT NOT NULL CHECK (department <> ''),
            state TEXT NOT NULL CHECK (
                state IN ('ahead', 'on_track', 'behind', 'not_started', 'completed', 'under_review')
            ),
            causes TEXT NOT NULL,
            success TEXT NOT NULL,
            problems TEXT NOT NULL,
            submitted_by TEXT NOT NULL CHECK (submitted_by <> ''),
            submitted_at TEXT NOT NULL,
            is_late INTEGER NOT NULL CHECK (is_late IN (0, 1)),
            why TEXT NOT NULL CHECK (version > 1 OR why = ''),
            UNIQUE (round, subject, version)
        ) STRICT;
INSERT INTO "entries" VALUES(1,'R5','3-1-2',1,'3-1-2','指定管理者制度の導入（文化会館）','r3','bunka','on_track','','','文化振興課が9月までに開館日を見直す','bunka-tanto','2023-07-10T10:00:51.000+09:00',0,'');
CREATE TABLE entry_figures (
            entry INTEGER NOT NULL REFERENCES entries,
            kind TEXT NOT NULL CHECK (kind IN ('actual', 'forecast')),
            position INTEGER NOT NULL,
            subject TEXT NOT NULL,
            code TEXT NOT NULL,
            measure TEXT NOT NULL,
            name TEXT NOT NULL,
            unit TEXT NOT NULL,
            fiscal_year TEXT NOT NULL,
            value INTEGER,
            written TEXT NOT NULL CHECK (value IS NULL OR written = ''),
            target_state TEXT NOT NULL,
            target_value INTEGER CHECK ((target_value IS NULL) = (target_state <> 'set')),
            target_printed TEXT NOT NULL,
            PRIMARY KEY (entry, kind, position),
            UNIQUE (entry, kind, subject, measure)
        ) STRICT;
INSERT INTO "entry_figures" VALUES(1,'actual',0,'3-1-2','3-1-2','effect_amount','効果額','千円','R4',14500000,'','set',14561,'14,561');
INSERT INTO "entry_figures" VALUES(1,'forecast',0,'3-1-2','3-1-2','effect_amount','効果額','千円','R5',14561000,'','set',14561,'14,561');
CREATE TABLE entry_sign_offs (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            entry INTEGER NOT NULL REFERENCES entries,
            step TEXT NOT NULL CHECK (step IN ('confirmed', 'returned', 'accepted')),
            by TEXT NOT NULL CHECK (by <> ''),
            at TEXT NOT NULL,
            reason TEXT NOT NULL CHECK ((step = 'returned') = (reason <> '')),
            in_place_of_head INTEGER NOT NULL CHECK (in_place_of_head IN (0, 1))
        ) STRICT;
CREATE TABLE feedback (
            channel TEXT NOT NULL,
            key TEXT NOT NULL,
            mark TEXT NOT NULL CHECK (mark IN ('helpful', 'not_helpful')),
            marked_at TEXT NOT NULL,
            PRIMARY KEY (channel, key)
        ) STRICT;
CREATE TABLE letters (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind <> ''),
            channel TEXT NOT NULL CHECK (channel <> ''),
            address TEXT NOT NULL,
            conversation TEXT NOT NULL DEFAULT '',
            recipient TEXT CHECK (recipient <> ''),
            day TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            in_reply_to TEXT UNIQUE,
            body TEXT,
            state TEXT NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'doubtful', 'lapsed')),
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            created_at TEXT NOT NULL,
            not_before TEXT,
            lapses_at TEXT,
            claimed_until TEXT,
            settled_at TEXT,
            receipt TEXT NOT NULL DEFAULT '',
            reason TEXT NOT NULL DEFAULT '',
            CHECK ((kind = 'reply') = (in_reply_to IS NOT NULL)),
            CHECK ((recipient IS NULL) = (in_reply_to IS NOT NULL)),
            CHECK ((day IS NULL) = (recipient IS NULL)),
            CHECK ((state = 'sending') = (claimed_until IS NOT NULL)),
            CHECK ((state IN ('waiting', 'sending')) = (settled_at IS NULL)),
            CHECK (body IS NOT NULL OR state NOT IN ('waiting', 'sending')),
            UNIQUE (recipient, day, kind)
        ) STRICT;
INSERT INTO "letters" VALUES(1,'reminder','slack','U0OFFICE','','jimukyoku','2023-07-03',NULL,'{"text": "【令和5年度 自己評価】まもなく始まりますが、次の課等には案内を届けられる方がいません。名簿の宛先をご確認ください。\n・見本：教育総務課\n・見本：行政経営課\n・見本：人事課\n・見本：情報システム課\n・見本：道路河川管理課\n・見本：企画課\n・見本：こども育成課\n・見本：広報広聴課\n・見本：国保年金課\n・見本：戸籍住民課\n・見本：市民協働課\n・見本：債権管理課\n・見本：公共施設マネジメント課\n・見本：消防総務課\n・見本：文書法制課\nほか3課等。すべては kaikaku roster check でご覧になれます。\n\nこのご案内は改革ナビからお送りしています。ご不明な点は事務局にお尋ねください。", "heading": "7月3日（月）のお知らせ", "table": null, "chart": null, "sources": [], "choices": [], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "reminder", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-03T10:00:05.000+09:00',NULL,'2023-07-03T17:00:00.000+09:00',NULL,'2023-07-03T10:00:11.000+09:00','D0OFFICE/1720000000.000001','');
INSERT INTO "letters" VALUES(2,'reminder','slack','U0OWNER','','bunka-tanto','2023-07-03',NULL,'{"text": "【令和5年度 自己評価】始まりました。期限は7月31日（月）です。\n・3-1-2 「指定管理者制度の導入（文化会館）」\n\nこのご案内は改革ナビからお送りしています。ご不明な点は事務局にお尋ねください。", "heading": "7月3日（月）のお知らせ", "table": null, "chart": null, "sources": [], "choices": [{"label": "3-1-2を入力する", "value": "begin:R5:3-1-2", "action": "evaluate", "revision": null, "style": "primary"}, {"label": "あとで（明日）", "value": "later;tomorrow;R5:self_evaluation:bunka", "action": "respond", "revision": null, "style": ""}, {"label": "あとで（来週）", "value": "later;next_week;R5:self_evaluation:bunka", "action": "respond", "revision": null, "style": ""}, {"label": "担当が違います", "value": "not_ours;;R5:self_evaluation:bunka", "action": "respond", "revision": null, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [{"id": "R5-self_evaluation-bunka", "title": "【締切】令和5年度 自己評価", "day": "2023-07-31", "details": "・3-1-2 「指定管理者制度の導入（文化会館）」", "begins_with": "自己評価", "path": "/evaluations?round=R5"}], "kind": "reminder", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-03T10:00:05.000+09:00',NULL,'2023-07-03T17:00:00.000+09:00',NULL,'2023-07-03T10:00:15.000+09:00','D0OWNER/1720000000.000002','');
INSERT INTO "letters" VALUES(3,'reminder','slack','U0ELSE','','kanko-tanto','2023-07-03',NULL,'{"text": "【令和5年度 自己評価】始まりました。期限は7月31日（月）です。\n・3-1-3 「指定管理者制度等導入の検討（弘法の里湯）」\n\nこのご案内は改革ナビからお送りしています。ご不明な点は事務局にお尋ねください。", "heading": "7月3日（月）のお知らせ", "table": null, "chart": null, "sources": [], "choices": [{"label": "3-1-3を入力する", "value": "begin:R5:3-1-3", "action": "evaluate", "revision": null, "style": "primary"}, {"label": "あとで（明日）", "value": "later;tomorrow;R5:self_evaluation:kanko", "action": "respond", "revision": null, "style": ""}, {"label": "あとで（来週）", "value": "later;next_week;R5:self_evaluation:kanko", "action": "respond", "revision": null, "style": ""}, {"label": "担当が違います", "value": "not_ours;;R5:self_evaluation:kanko", "action": "respond", "revision": null, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [{"id": "R5-self_evaluation-kanko", "title": "【締切】令和5年度 自己評価", "day": "2023-07-31", "details": "・3-1-3 「指定管理者制度等導入の検討（弘法の里湯）」", "begins_with": "自己評価", "path": "/evaluations?round=R5"}], "kind": "reminder", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-03T10:00:05.000+09:00',NULL,'2023-07-03T17:00:00.000+09:00',NULL,'2023-07-03T10:00:19.000+09:00','D0ELSE/1720000000.000003','');
INSERT INTO "letters" VALUES(4,'reply','slack','D0OWNER//U0OWNER/own','U0OWNER/',NULL,NULL,'slack:message:D0OWNER:1720000000.000004','{"text": "答えは一つずつ、その都度保存します。使える言葉：戻る、スキップ、修正 2（2番の項目へ）、中断（保存してやめる）、再開、中止。途中で計画についての質問もできます。\n3-1-2「指定管理者制度の導入（文化会館）」 令和5年度の自己評価\n［1/5］状況\nいまの状況を選んでください。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "前倒し", "value": "1:state:ahead", "action": "evaluate", "revision": 0, "style": ""}, {"label": "計画どおり", "value": "1:state:on_track", "action": "evaluate", "revision": 0, "style": ""}, {"label": "遅れ", "value": "1:state:behind", "action": "evaluate", "revision": 0, "style": ""}, {"label": "未着手", "value": "1:state:not_started", "action": "evaluate", "revision": 0, "style": ""}, {"label": "完了", "value": "1:state:completed", "action": "evaluate", "revision": 0, "style": ""}, {"label": "中止・見直し", "value": "1:state:under_review", "action": "evaluate", "revision": 0, "style": ""}, {"label": "まとめて入力", "value": "1:whole", "action": "evaluate", "revision": 0, "style": ""}, {"label": "中断", "value": "1:pause", "action": "evaluate", "revision": 0, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:00:06.000+09:00',NULL,NULL,NULL,'2023-07-10T10:00:08.000+09:00','D0OWNER/1720000000.000005','');
INSERT INTO "letters" VALUES(5,'reply','slack','D0OWNER//U0OWNER/own','U0OWNER/',NULL,NULL,'slack:message:D0OWNER:1720000000.000006','{"text": "状況：計画どおり（記録しました）\n3-1-2「指定管理者制度の導入（文化会館）」 令和5年度の自己評価\n［2/5］実績見込み（令和5年度 効果額）\nこの年度はいくら（どれだけ）になる見込みですか。\n目標：14,561千円\nまだ決まっていなければ「未定」とお答えください。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "目標どおり（14,561千円）", "value": "1:target", "action": "evaluate", "revision": 1, "style": ""}, {"label": "未定", "value": "1:unset", "action": "evaluate", "revision": 1, "style": ""}, {"label": "戻る", "value": "1:back", "action": "evaluate", "revision": 1, "style": ""}, {"label": "中断", "value": "1:pause", "action": "evaluate", "revision": 1, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:00:14.000+09:00',NULL,NULL,NULL,'2023-07-10T10:00:17.000+09:00','D0OWNER/1720000000.000007','');
INSERT INTO "letters" VALUES(6,'reply','slack','D0OWNER//U0OWNER/own','U0OWNER/',NULL,NULL,'slack:message:D0OWNER:1720000000.000008','{"text": "実績見込み（令和5年度 効果額）：14,561千円（記録しました）\n3-1-2「指定管理者制度の導入（文化会館）」 令和5年度の自己評価\n［3/5］実績（令和4年度 効果額）\nこの年度の実績はいくら（どれだけ）でしたか。\n目標：14,561千円\nまだ固まっていなければ「未定」とお答えください。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "未定", "value": "1:unset", "action": "evaluate", "revision": 2, "style": ""}, {"label": "戻る", "value": "1:back", "action": "evaluate", "revision": 2, "style": ""}, {"label": "中断", "value": "1:pause", "action": "evaluate", "revision": 2, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:00:22.000+09:00',NULL,NULL,NULL,'2023-07-10T10:00:25.000+09:00','D0OWNER/1720000000.000009','');
INSERT INTO "letters" VALUES(7,'reply','slack','D0OWNER//U0OWNER/own','U0OWNER/',NULL,NULL,'slack:message:D0OWNER:1720000000.000010','{"text": "実績（令和4年度 効果額）：14,500千円（記録しました）\n3-1-2「指定管理者制度の導入（文化会館）」 令和5年度の自己評価\n［4/5］うまくいった要因\nうまくいった要因があれば書いてください。\nなければ「スキップ」で進めます。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "スキップ", "value": "1:skip", "action": "evaluate", "revision": 3, "style": ""}, {"label": "戻る", "value": "1:back", "action": "evaluate", "revision": 3, "style": ""}, {"label": "中断", "value": "1:pause", "action": "evaluate", "revision": 3, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:00:30.000+09:00',NULL,NULL,NULL,'2023-07-10T10:00:33.000+09:00','D0OWNER/1720000000.000011','');
INSERT INTO "letters" VALUES(8,'reply','slack','D0OWNER//U0OWNER/own','U0OWNER/',NULL,NULL,'slack:message:D0OWNER:1720000000.000012','{"text": "あとで入力できます。\n3-1-2「指定管理者制度の導入（文化会館）」 令和5年度の自己評価\n［5/5］課題と改善\n課題と、これからの改善を書いてください。\n誰が、いつまでに、何をするかが分かるように書いてください。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "戻る", "value": "1:back", "action": "evaluate", "revision": 4, "style": ""}, {"label": "中断", "value": "1:pause", "action": "evaluate", "revision": 4, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:00:38.000+09:00',NULL,NULL,NULL,'2023-07-10T10:00:41.000+09:00','D0OWNER/1720000000.000013','');
INSERT INTO "letters" VALUES(9,'reply','slack','D0OWNER//U0OWNER/own','U0OWNER/',NULL,NULL,'slack:message:D0OWNER:1720000000.000014','{"text": "課題と改善：文化振興課が9月までに開館日を見直す（記録しました）\n3-1-2「指定管理者制度の導入（文化会館）」 令和5年度の自己評価\n［確認］次の内容でよければ「提出」を選んでください。直すときは「修正 2」のように番号でお答えください。「中断」で下書きのまま残せます。\n1. 状況：計画どおり\n2. 実績見込み（令和5年度 効果額）：14,561千円\n3. 実績（令和4年度 効果額）：14,500千円\n4. うまくいった要因：（スキップ）\n5. 課題と改善：文化振興課が9月までに開館日を見直す", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "提出", "value": "1:submit", "action": "evaluate", "revision": 5, "style": "primary"}, {"label": "修正 1", "value": "1:step:state", "action": "evaluate", "revision": 5, "style": ""}, {"label": "修正 2", "value": "1:step:forecast/3-1-2/effect_amount", "action": "evaluate", "revision": 5, "style": ""}, {"label": "修正 3", "value": "1:step:actual/3-1-2/effect_amount", "action": "evaluate", "revision": 5, "style": ""}, {"label": "修正 4", "value": "1:step:success", "action": "evaluate", "revision": 5, "style": ""}, {"label": "修正 5", "value": "1:step:problems", "action": "evaluate", "revision": 5, "style": ""}, {"label": "中断", "value": "1:pause", "action": "evaluate", "revision": 5, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:00:46.000+09:00',NULL,NULL,NULL,'2023-07-10T10:00:49.000+09:00','D0OWNER/1720000000.000015','');
INSERT INTO "letters" VALUES(10,'reply','slack','D0OWNER//U0OWNER/own','U0OWNER/',NULL,NULL,'slack:message:D0OWNER:1720000000.000016','{"text": "3-1-2「指定管理者制度の導入（文化会館）」の令和5年度の自己評価を提出しました（第1版）。所管課長の確認を待っています。「自己評価」で、その後の状況をご覧になれます。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:00:54.000+09:00',NULL,NULL,NULL,'2023-07-10T10:00:56.000+09:00','D0OWNER/1720000000.000017','');
INSERT INTO "letters" VALUES(11,'reply','slack','D0HEAD//U0HEAD/own','U0HEAD/',NULL,NULL,'slack:message:D0HEAD:1720000000.000018','{"text": "3-1-2「指定管理者制度の導入（文化会館）」 令和5年度の自己評価（第1版、7月10日 見本：文化振興課 担当提出）\n状況：計画どおり\n令和4年度の実績 効果額：14,500千円（目標 14,561千円）\n令和5年度の実績見込み 効果額：14,561千円（目標 14,561千円）\n課題と改善：文化振興課が9月までに開館日を見直す\nいま：提出済み（所管課長の確認待ち）", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "確認する", "value": "1:confirm", "action": "sign_off", "revision": 0, "style": ""}, {"label": "差し戻す", "value": "1:return", "action": "sign_off", "revision": 0, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:01:02.000+09:00',NULL,NULL,NULL,'2023-07-10T10:01:04.000+09:00','D0HEAD/1720000000.000019','');
INSERT INTO "letters" VALUES(12,'reply','slack','D0ELSE//U0ELSE/own','U0ELSE/',NULL,NULL,'slack:message:D0ELSE:1720000000.000020','{"text": "令和5年度の自己評価（締切 7月31日）\n入力していただくもの（1件）\n・3-1-3「指定管理者制度等導入の検討（弘法の里湯）」", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "3-1-3 指定管理者制度等導入の検討（弘法の里湯）", "value": "begin:R5:3-1-3", "action": "evaluate", "revision": null, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:01:10.000+09:00',NULL,NULL,NULL,'2023-07-10T10:01:13.000+09:00','D0ELSE/1720000000.000021','');
INSERT INTO "letters" VALUES(13,'reply','slack','D0ELSE//U0ELSE/own','U0ELSE/',NULL,NULL,'slack:press:456e2ef6a1da6407e9b2fdd74895c71b','{"text": "答えは一つずつ、その都度保存します。使える言葉：戻る、スキップ、修正 2（2番の項目へ）、中断（保存してやめる）、再開、中止。途中で計画についての質問もできます。\n3-1-3「指定管理者制度等導入の検討（弘法の里湯）」 令和5年度の自己評価\n［1/4］状況\nいまの状況を選んでください。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "前倒し", "value": "2:state:ahead", "action": "evaluate", "revision": 0, "style": ""}, {"label": "計画どおり", "value": "2:state:on_track", "action": "evaluate", "revision": 0, "style": ""}, {"label": "遅れ", "value": "2:state:behind", "action": "evaluate", "revision": 0, "style": ""}, {"label": "未着手", "value": "2:state:not_started", "action": "evaluate", "revision": 0, "style": ""}, {"label": "完了", "value": "2:state:completed", "action": "evaluate", "revision": 0, "style": ""}, {"label": "中止・見直し", "value": "2:state:under_review", "action": "evaluate", "revision": 0, "style": ""}, {"label": "まとめて入力", "value": "2:whole", "action": "evaluate", "revision": 0, "style": ""}, {"label": "中断", "value": "2:pause", "action": "evaluate", "revision": 0, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:01:18.000+09:00',NULL,NULL,NULL,'2023-07-10T10:01:21.000+09:00','D0ELSE/1720000000.000022','');
INSERT INTO "letters" VALUES(14,'reply','slack','D0ELSE//U0ELSE/own','U0ELSE/',NULL,NULL,'slack:press:ab73f4e79185b67a99b8ff16924de1f6','{"text": "3-1-3「指定管理者制度等導入の検討（弘法の里湯）」 令和5年度の自己評価\nまとめて入力できます。目標との差がないときは「差の要因」は空のままでかまいません。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "一つずつ入力", "value": "2:resume", "action": "evaluate", "revision": 0, "style": ""}, {"label": "中断", "value": "2:pause", "action": "evaluate", "revision": 0, "style": ""}], "form": {"action": "evaluate_whole", "value": "2", "title": "3-1-3「指定管理者制度等導入の検討（弘法の里湯）」 令和5年度の自己評価", "fields": [{"name": "state", "label": "状況", "kind": "choice", "value": "", "hint": "", "is_required": true, "options": [["ahead", "前倒し"], ["on_track", "計画どおり"], ["behind", "遅れ"], ["not_started", "未着手"], ["completed", "完了"], ["under_review", "中止・見直し"]], "error": ""}, {"name": "forecast/3-1-3/effect_amount", "label": "実績見込み（令和5年度 効果額）", "kind": "amount", "value": "", "hint": "目標：19,779千円。まだ決まっていなければ「未定」とお答えください。", "is_required": true, "options": [], "error": ""}, {"name": "causes", "label": "差の要因", "kind": "long", "value": "", "hint": "数字の動きを、何が起きたからかで説明してください。", "is_required": false, "options": [], "error": ""}, {"name": "success", "label": "うまくいった要因", "kind": "long", "value": "", "hint": "なければ「スキップ」で進めます。", "is_required": false, "options": [], "error": ""}, {"name": "problems", "label": "課題と改善", "kind": "long", "value": "", "hint": "誰が、いつまでに、何をするかが分かるように書いてください。", "is_required": true, "options": [], "error": ""}], "revision": 0, "submit": "内容を確認する", "others": [{"label": "下書きを保存して中断", "value": "2:later", "action": "evaluate_whole", "revision": null, "style": ""}]}, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:01:26.000+09:00',NULL,NULL,NULL,'2023-07-10T10:01:29.000+09:00','D0ELSE/1720000000.000024','');
INSERT INTO "letters" VALUES(15,'reply','slack','D0ELSE//U0ELSE/own','U0ELSE/',NULL,NULL,'slack:message:D0ELSE:1720000000.000025','{"text": "状況：計画どおり（記録しました）\n3-1-3「指定管理者制度等導入の検討（弘法の里湯）」 令和5年度の自己評価\n［2/4］実績見込み（令和5年度 効果額）\nこの年度はいくら（どれだけ）になる見込みですか。\n目標：19,779千円\nまだ決まっていなければ「未定」とお答えください。", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "目標どおり（19,779千円）", "value": "2:target", "action": "evaluate", "revision": 1, "style": ""}, {"label": "未定", "value": "2:unset", "action": "evaluate", "revision": 1, "style": ""}, {"label": "戻る", "value": "2:back", "action": "evaluate", "revision": 1, "style": ""}, {"label": "中断", "value": "2:pause", "action": "evaluate", "revision": 1, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "evaluation", "is_confidential": true, "answer": "", "language": "ja"}','sent',1,'2023-07-10T10:01:34.000+09:00',NULL,NULL,NULL,'2023-07-10T10:01:36.000+09:00','D0ELSE/1720000000.000026','');
INSERT INTO "letters" VALUES(16,'reply','slack','D0CLERK//U0CLERK/own','U0CLERK/',NULL,NULL,'slack:message:D0CLERK:1720000000.000027','{"text": "どれについてのお尋ねでしょうか。\n1. 3-1-1 指定管理者制度の導入（おおね公園、総合体育館、カルチャーパーク）\n2. 3-1-2 指定管理者制度の導入（文化会館）\n3. 3-1-3 指定管理者制度等導入の検討（弘法の里湯）\n4. 3-1-4 指定管理者制度等導入の検討（表丹沢野外活動センター）", "heading": "", "table": null, "chart": null, "sources": [], "choices": [{"label": "3-1-1 指定管理者制度の導入（おおね公園、総合体育館、カルチャーパーク）", "value": "3-1-1の目標額", "action": "ask", "revision": null, "style": ""}, {"label": "3-1-2 指定管理者制度の導入（文化会館）", "value": "3-1-2の目標額", "action": "ask", "revision": null, "style": ""}, {"label": "3-1-3 指定管理者制度等導入の検討（弘法の里湯）", "value": "3-1-3の目標額", "action": "ask", "revision": null, "style": ""}, {"label": "3-1-4 指定管理者制度等導入の検討（表丹沢野外活動センター）", "value": "3-1-4の目標額", "action": "ask", "revision": null, "style": ""}], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "unclear", "is_confidential": false, "answer": "{\"kind\": \"unclear\", \"text\": \"どれについてのお尋ねでしょうか。\\n1. 3-1-1 指定管理者制度の導入（おおね公園、総合体育館、カルチャーパーク）\\n2. 3-1-2 指定管理者制度の導入（文化会館）\\n3. 3-1-3 指定管理者制度等導入の検討（弘法の里湯）\\n4. 3-1-4 指定管理者制度等導入の検討（表丹沢野外活動センター）\", \"citations\": [], \"facts\": [], \"candidates\": [{\"label\": \"3-1-1 指定管理者制度の導入（おおね公園、総合体育館、カルチャーパーク）\", \"code\": \"3-1-1\", \"question\": \"3-1-1の目標額\"}, {\"label\": \"3-1-2 指定管理者制度の導入（文化会館）\", \"code\": \"3-1-2\", \"question\": \"3-1-2の目標額\"}, {\"label\": \"3-1-3 指定管理者制度等導入の検討（弘法の里湯）\", \"code\": \"3-1-3\", \"question\": \"3-1-3の目標額\"}, {\"label\": \"3-1-4 指定管理者制度等導入の検討（表丹沢野外活動センター）\", \"code\": \"3-1-4\", \"question\": \"3-1-4の目標額\"}]}", "language": "ja"}','sent',1,'2023-07-10T10:01:44.000+09:00',NULL,NULL,NULL,'2023-07-10T10:01:46.000+09:00','D0CLERK/1720000000.000028','');
INSERT INTO "letters" VALUES(17,'reply','slack','D0CLERK//U0CLERK/own','U0CLERK/',NULL,NULL,'slack:message:D0CLERK:1720000000.000029','{"text": "3-1-2 指定管理者制度の導入（文化会館）の効果額目標は、令和4年度から令和7年度まで各14,561千円、5年計58,244千円です（令和3年度は計画に記載がありません（空欄））。", "heading": "", "table": {"columns": ["取組", "令和3年度", "令和4年度", "令和5年度", "令和6年度", "令和7年度", "5年計"], "rows": [["3-1-2（千円）", "記載なし", "14,561", "14,561", "14,561", "14,561", "58,244"]], "caption": "", "numeric": [false, true, true, true, true, true, true]}, "chart": {"title": "3-1-2 効果額目標", "labels": ["令和3年度", "令和4年度", "令和5年度", "令和6年度", "令和7年度"], "series": [{"name": "効果額目標", "values": [null, 14561, 14561, 14561, 14561]}], "unit": "千円"}, "sources": [{"reference": "3-1-2", "label": "3-1-2、p.10", "page": 10, "quote": "3-1-2. 指定管理者制度の導入（文化会館）｜令和3年度 （空欄）｜令和4年度 14,561｜令和5年度 14,561｜令和6年度 14,561｜令和7年度 14,561｜5年計 58,244"}], "choices": [], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "fact", "is_confidential": false, "answer": "{\"kind\": \"fact\", \"text\": \"3-1-2 指定管理者制度の導入（文化会館）の効果額目標は、令和4年度から令和7年度まで各14,561千円、5年計58,244千円です（令和3年度は計画に記載がありません（空欄））。\", \"citations\": [{\"edition\": \"実行計画（案）\", \"code\": \"3-1-2\", \"page\": 10, \"section\": \"柱3 担い手をつくる改革\", \"quote\": \"3-1-2. 指定管理者制度の導入（文化会館）｜令和3年度 （空欄）｜令和4年度 14,561｜令和5年度 14,561｜令和6年度 14,561｜令和7年度 14,561｜5年計 58,244\"}], \"facts\": [{\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R3\", \"value\": null, \"unit\": \"千円\", \"state\": \"blank\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R4\", \"value\": 14561, \"unit\": \"千円\", \"state\": \"set\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R5\", \"value\": 14561, \"unit\": \"千円\", \"state\": \"set\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R6\", \"value\": 14561, \"unit\": \"千円\", \"state\": \"set\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R7\", \"value\": 14561, \"unit\": \"千円\", \"state\": \"set\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"total\", \"value\": 58244, \"unit\": \"千円\", \"state\": \"set\"}], \"candidates\": []}", "language": "ja"}','waiting',1,'2023-07-10T10:01:54.000+09:00','2023-07-10T10:11:56.000+09:00',NULL,NULL,NULL,'','Slack が混んでいます');
INSERT INTO "letters" VALUES(18,'reply','page','page','browser-1',NULL,NULL,'page:page-1','{"text": "3-1-2 指定管理者制度の導入（文化会館）の効果額目標は、令和4年度から令和7年度まで各14,561千円、5年計58,244千円です（令和3年度は計画に記載がありません（空欄））。", "heading": "", "table": {"columns": ["取組", "令和3年度", "令和4年度", "令和5年度", "令和6年度", "令和7年度", "5年計"], "rows": [["3-1-2（千円）", "記載なし", "14,561", "14,561", "14,561", "14,561", "58,244"]], "caption": "", "numeric": [false, true, true, true, true, true, true]}, "chart": {"title": "3-1-2 効果額目標", "labels": ["令和3年度", "令和4年度", "令和5年度", "令和6年度", "令和7年度"], "series": [{"name": "効果額目標", "values": [null, 14561, 14561, 14561, 14561]}], "unit": "千円"}, "sources": [{"reference": "3-1-2", "label": "3-1-2、p.10", "page": 10, "quote": "3-1-2. 指定管理者制度の導入（文化会館）｜令和3年度 （空欄）｜令和4年度 14,561｜令和5年度 14,561｜令和6年度 14,561｜令和7年度 14,561｜5年計 58,244"}], "choices": [], "form": null, "file": null, "notes": [], "deadlines": [], "kind": "fact", "is_confidential": false, "answer": "{\"kind\": \"fact\", \"text\": \"3-1-2 指定管理者制度の導入（文化会館）の効果額目標は、令和4年度から令和7年度まで各14,561千円、5年計58,244千円です（令和3年度は計画に記載がありません（空欄））。\", \"citations\": [{\"edition\": \"実行計画（案）\", \"code\": \"3-1-2\", \"page\": 10, \"section\": \"柱3 担い手をつくる改革\", \"quote\": \"3-1-2. 指定管理者制度の導入（文化会館）｜令和3年度 （空欄）｜令和4年度 14,561｜令和5年度 14,561｜令和6年度 14,561｜令和7年度 14,561｜5年計 58,244\"}], \"facts\": [{\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R3\", \"value\": null, \"unit\": \"千円\", \"state\": \"blank\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R4\", \"value\": 14561, \"unit\": \"千円\", \"state\": \"set\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R5\", \"value\": 14561, \"unit\": \"千円\", \"state\": \"set\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R6\", \"value\": 14561, \"unit\": \"千円\", \"state\": \"set\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"R7\", \"value\": 14561, \"unit\": \"千円\", \"state\": \"set\"}, {\"code\": \"3-1-2\", \"measure\": \"effect_amount\", \"fiscal_year\": \"total\", \"value\": 58244, \"unit\": \"千円\", \"state\": \"set\"}], \"candidates\": []}", "language": "ja"}','sent',0,'2023-07-10T10:02:05.000+09:00',NULL,NULL,NULL,'2023-07-10T10:02:05.000+09:00','','');
CREATE TABLE marks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            department TEXT NOT NULL,
            subject TEXT NOT NULL,
            state TEXT NOT NULL
                CHECK (state IN ('done', 'open', 'on_track', 'behind', 'consult', 'made', 'opened')),
            note TEXT NOT NULL DEFAULT '',
            made_at TEXT NOT NULL,
            made_by TEXT NOT NULL CHECK (made_by <> '')
        ) STRICT;
CREATE TABLE messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            channel TEXT NOT NULL CHECK (channel <> ''),
            key TEXT NOT NULL CHECK (key <> ''),
            conversation TEXT NOT NULL,
            body TEXT,
            received_at TEXT NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
            handled_at TEXT,
            letter INTEGER UNIQUE REFERENCES letters (id),
            fault TEXT CHECK (fault <> ''),
            UNIQUE (channel, key),
            CHECK ((handled_at IS NULL) = (letter IS NULL)),
            CHECK (body IS NOT NULL OR handled_at IS NOT NULL),
            CHECK (fault IS NULL OR handled_at IS NOT NULL)
        ) STRICT;
INSERT INTO "messages" VALUES(1,'slack','message:D0OWNER:1720000000.000004','U0OWNER/','{"channel": "slack", "key": "message:D0OWNER:1720000000.000004", "place": "D0OWNER//U0OWNER/own", "conversation": "U0OWNER/", "text": "3-1-2の自己評価", "sender": "U0OWNER", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:00:01.000+09:00',0,'2023-07-10T10:00:07.000+09:00',4,NULL);
INSERT INTO "messages" VALUES(2,'slack','message:D0OWNER:1720000000.000006','U0OWNER/','{"channel": "slack", "key": "message:D0OWNER:1720000000.000006", "place": "D0OWNER//U0OWNER/own", "conversation": "U0OWNER/", "text": "順調", "sender": "U0OWNER", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:00:10.000+09:00',0,'2023-07-10T10:00:15.000+09:00',5,NULL);
INSERT INTO "messages" VALUES(3,'slack','message:D0OWNER:1720000000.000008','U0OWNER/','{"channel": "slack", "key": "message:D0OWNER:1720000000.000008", "place": "D0OWNER//U0OWNER/own", "conversation": "U0OWNER/", "text": "目標どおり", "sender": "U0OWNER", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:00:16.000+09:00',0,'2023-07-10T10:00:23.000+09:00',6,NULL);
INSERT INTO "messages" VALUES(4,'slack','message:D0OWNER:1720000000.000010','U0OWNER/','{"channel": "slack", "key": "message:D0OWNER:1720000000.000010", "place": "D0OWNER//U0OWNER/own", "conversation": "U0OWNER/", "text": "14,500千円", "sender": "U0OWNER", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:00:24.000+09:00',0,'2023-07-10T10:00:31.000+09:00',7,NULL);
INSERT INTO "messages" VALUES(5,'slack','message:D0OWNER:1720000000.000012','U0OWNER/','{"channel": "slack", "key": "message:D0OWNER:1720000000.000012", "place": "D0OWNER//U0OWNER/own", "conversation": "U0OWNER/", "text": "スキップ", "sender": "U0OWNER", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:00:32.000+09:00',0,'2023-07-10T10:00:39.000+09:00',8,NULL);
INSERT INTO "messages" VALUES(6,'slack','message:D0OWNER:1720000000.000014','U0OWNER/','{"channel": "slack", "key": "message:D0OWNER:1720000000.000014", "place": "D0OWNER//U0OWNER/own", "conversation": "U0OWNER/", "text": "文化振興課が9月までに開館日を見直す", "sender": "U0OWNER", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:00:40.000+09:00',0,'2023-07-10T10:00:47.000+09:00',9,NULL);
INSERT INTO "messages" VALUES(7,'slack','message:D0OWNER:1720000000.000016','U0OWNER/','{"channel": "slack", "key": "message:D0OWNER:1720000000.000016", "place": "D0OWNER//U0OWNER/own", "conversation": "U0OWNER/", "text": "提出", "sender": "U0OWNER", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:00:48.000+09:00',0,'2023-07-10T10:00:55.000+09:00',10,NULL);
INSERT INTO "messages" VALUES(8,'slack','message:D0HEAD:1720000000.000018','U0HEAD/','{"channel": "slack", "key": "message:D0HEAD:1720000000.000018", "place": "D0HEAD//U0HEAD/own", "conversation": "U0HEAD/", "text": "3-1-2の確認", "sender": "U0HEAD", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:00:57.000+09:00',0,'2023-07-10T10:01:03.000+09:00',11,NULL);
INSERT INTO "messages" VALUES(9,'slack','message:D0ELSE:1720000000.000020','U0ELSE/','{"channel": "slack", "key": "message:D0ELSE:1720000000.000020", "place": "D0ELSE//U0ELSE/own", "conversation": "U0ELSE/", "text": "自己評価", "sender": "U0ELSE", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:01:06.000+09:00',0,'2023-07-10T10:01:11.000+09:00',12,NULL);
INSERT INTO "messages" VALUES(10,'slack','press:456e2ef6a1da6407e9b2fdd74895c71b','U0ELSE/','{"channel": "slack", "key": "press:456e2ef6a1da6407e9b2fdd74895c71b", "place": "D0ELSE//U0ELSE/own", "conversation": "U0ELSE/", "text": "3-1-3 指定管理者制度等導入の検討（弘法の里湯）", "sender": "U0ELSE", "press": {"action": "evaluate", "value": "begin:R5:3-1-3", "fields": [], "revision": null}, "is_private": true, "aside": ""}','2023-07-10T10:01:12.000+09:00',0,'2023-07-10T10:01:19.000+09:00',13,NULL);
INSERT INTO "messages" VALUES(11,'slack','press:ab73f4e79185b67a99b8ff16924de1f6','U0ELSE/','{"channel": "slack", "key": "press:ab73f4e79185b67a99b8ff16924de1f6", "place": "D0ELSE//U0ELSE/own", "conversation": "U0ELSE/", "text": "まとめて入力", "sender": "U0ELSE", "press": {"action": "evaluate", "value": "2:whole", "fields": [], "revision": 0}, "is_private": true, "aside": ""}','2023-07-10T10:01:20.000+09:00',0,'2023-07-10T10:01:27.000+09:00',14,NULL);
INSERT INTO "messages" VALUES(12,'slack','message:D0ELSE:1720000000.000025','U0ELSE/','{"channel": "slack", "key": "message:D0ELSE:1720000000.000025", "place": "D0ELSE//U0ELSE/own", "conversation": "U0ELSE/", "text": "計画どおり", "sender": "U0ELSE", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:01:28.000+09:00',0,'2023-07-10T10:01:35.000+09:00',15,NULL);
INSERT INTO "messages" VALUES(13,'slack','message:D0CLERK:1720000000.000027','U0CLERK/','{"channel": "slack", "key": "message:D0CLERK:1720000000.000027", "place": "D0CLERK//U0CLERK/own", "conversation": "U0CLERK/", "text": "指定管理の効果額は？", "sender": "U0CLERK", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:01:38.000+09:00',0,'2023-07-10T10:01:45.000+09:00',16,NULL);
INSERT INTO "messages" VALUES(14,'slack','message:D0CLERK:1720000000.000029','U0CLERK/','{"channel": "slack", "key": "message:D0CLERK:1720000000.000029", "place": "D0CLERK//U0CLERK/own", "conversation": "U0CLERK/", "text": "3-1-2の効果額は？", "sender": "U0CLERK", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:01:48.000+09:00',0,'2023-07-10T10:01:55.000+09:00',17,NULL);
INSERT INTO "messages" VALUES(15,'slack','message:D0CLERK:1720000000.000027-last','U0CLERK/','{"channel": "slack", "key": "message:D0CLERK:1720000000.000027-last", "place": "D0CLERK//U0CLERK/own", "conversation": "U0CLERK/", "text": "3-1-3の効果額は？", "sender": "U0CLERK", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:01:58.000+09:00',0,NULL,NULL,NULL);
INSERT INTO "messages" VALUES(16,'page','page-1','browser-1','{"channel": "page", "key": "page-1", "place": "page", "conversation": "browser-1", "text": "3-1-2の効果額は？", "sender": "gyosei-tanto", "press": null, "is_private": true, "aside": ""}','2023-07-10T10:01:59.000+09:00',0,'2023-07-10T10:02:06.000+09:00',18,NULL);
CREATE TABLE migrations (
    name TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT
;
INSERT INTO "migrations" VALUES('editions-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('rosters-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('outbox-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('inbox-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('last-question-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('unanswered-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('feedback-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('audit-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('entries-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('reminders-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('deadlines-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('responses-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('troubles-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('drafts-1','0.1.0','2023-07-03T10:00:00.000+09:00');
INSERT INTO "migrations" VALUES('marks-1','0.1.0','2023-07-03T10:00:00.000+09:00');
CREATE TABLE notices (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            step TEXT NOT NULL CHECK (step <> ''),
            department TEXT NOT NULL,
            recipient TEXT NOT NULL CHECK (recipient <> ''),
            occasion TEXT NOT NULL CHECK (occasion <> ''),
            letter INTEGER NOT NULL REFERENCES letters (id),
            UNIQUE (round, phase, step, department, recipient, occasion)
        ) STRICT;
INSERT INTO "notices" VALUES(1,'R5','self_evaluation','unreachable','gakko','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(2,'R5','self_evaluation','unreachable','gyosei','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(3,'R5','self_evaluation','unreachable','jinji','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(4,'R5','self_evaluation','unreachable','joho','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(5,'R5','self_evaluation','unreachable','kasen','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(6,'R5','self_evaluation','unreachable','kikaku','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(7,'R5','self_evaluation','unreachable','kodomo-ka','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(8,'R5','self_evaluation','unreachable','koho','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(9,'R5','self_evaluation','unreachable','kokuho','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(10,'R5','self_evaluation','unreachable','koseki','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(11,'R5','self_evaluation','unreachable','kyodo','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(12,'R5','self_evaluation','unreachable','saiken','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(13,'R5','self_evaluation','unreachable','shisetsu','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(14,'R5','self_evaluation','unreachable','shobo','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(15,'R5','self_evaluation','unreachable','somu-ka','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(16,'R5','self_evaluation','unreachable','sports','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(17,'R5','self_evaluation','unreachable','suido-ka','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(18,'R5','self_evaluation','unreachable','zaisan','jimukyoku','2023-07-03',1);
INSERT INTO "notices" VALUES(19,'R5','self_evaluation','opening','bunka','bunka-tanto','2023-07-31',2);
INSERT INTO "notices" VALUES(20,'R5','self_evaluation','opening','kanko','kanko-tanto','2023-07-31',3);
CREATE TABLE objections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            department TEXT NOT NULL,
            person TEXT NOT NULL CHECK (person <> ''),
            said_at TEXT NOT NULL,
            UNIQUE (round, phase, department, person)
        ) STRICT;
CREATE TABLE postponements (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            department TEXT NOT NULL,
            recipient TEXT NOT NULL CHECK (recipient <> ''),
            asked_at TEXT NOT NULL,
            until TEXT NOT NULL CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
        ) STRICT;
CREATE TABLE reminder_starts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at TEXT NOT NULL,
            started_by TEXT NOT NULL CHECK (started_by <> ''),
            ended_at TEXT CHECK (ended_at >= started_at)
        ) STRICT;
INSERT INTO "reminder_starts" VALUES(1,'2023-06-30T00:00:00.000+09:00','jimukyoku',NULL);
CREATE TABLE repeats (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            department TEXT NOT NULL CHECK (department <> ''),
            number INTEGER NOT NULL CHECK (number >= 1),
            day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            asked_at TEXT NOT NULL,
            asked_by TEXT NOT NULL CHECK (asked_by <> ''),
            UNIQUE (round, phase, department, number),
            UNIQUE (round, phase, department, day)
        ) STRICT;
CREATE TABLE roster_absences (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            person TEXT NOT NULL,
            first_day TEXT,
            last_day TEXT CHECK (last_day >= first_day),
            PRIMARY KEY (roster, position),
            FOREIGN KEY (roster, person) REFERENCES roster_persons (roster, id)
        ) STRICT;
CREATE TABLE roster_addresses (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            person TEXT NOT NULL,
            channel TEXT NOT NULL CHECK (channel IN ('slack', 'mail', 'page')),
            value TEXT NOT NULL CHECK (value <> ''),
            key TEXT NOT NULL,
            PRIMARY KEY (roster, channel, key),
            FOREIGN KEY (roster, person) REFERENCES roster_persons (roster, id)
        ) STRICT;
INSERT INTO "roster_addresses" VALUES(1,0,'bunka-tanto','slack','U0OWNER','U0OWNER');
INSERT INTO "roster_addresses" VALUES(1,1,'bunka-kakaricho','slack','U0DEPUTY','U0DEPUTY');
INSERT INTO "roster_addresses" VALUES(1,2,'bunka-kacho','slack','U0HEAD','U0HEAD');
INSERT INTO "roster_addresses" VALUES(1,3,'kanko-tanto','slack','U0ELSE','U0ELSE');
INSERT INTO "roster_addresses" VALUES(1,4,'kanrishoku','slack','U0CHIEF','U0CHIEF');
INSERT INTO "roster_addresses" VALUES(1,5,'jimukyoku','slack','U0OFFICE','U0OFFICE');
CREATE TABLE roster_bureaus (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            id TEXT NOT NULL CHECK (id <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            PRIMARY KEY (roster, id)
        ) STRICT;
INSERT INTO "roster_bureaus" VALUES(1,0,'seisaku','見本：政策部');
INSERT INTO "roster_bureaus" VALUES(1,1,'somu','見本：総務部');
INSERT INTO "roster_bureaus" VALUES(1,2,'bunka-bu','見本：文化スポーツ部');
INSERT INTO "roster_bureaus" VALUES(1,3,'kurashi','見本：くらし安心部');
INSERT INTO "roster_bureaus" VALUES(1,4,'kodomo','見本：こども健康部');
INSERT INTO "roster_bureaus" VALUES(1,5,'fukushi','見本：福祉部');
INSERT INTO "roster_bureaus" VALUES(1,6,'kankyo','見本：環境産業部');
INSERT INTO "roster_bureaus" VALUES(1,7,'kensetsu','見本：建設部');
INSERT INTO "roster_bureaus" VALUES(1,8,'suido','見本：上下水道局');
INSERT INTO "roster_bureaus" VALUES(1,9,'kyoiku','見本：教育部');
INSERT INTO "roster_bureaus" VALUES(1,10,'shobo-honbu','見本：消防本部');
CREATE TABLE roster_departments (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            id TEXT NOT NULL CHECK (id <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            bureau TEXT,
            mailbox TEXT NOT NULL,
            former_names TEXT NOT NULL CHECK (json_valid(former_names)),
            merged_into TEXT CHECK (merged_into <> id),
            is_closed INTEGER NOT NULL CHECK (is_closed = 0 OR (is_closed = 1 AND merged_into IS NULL)),
            PRIMARY KEY (roster, id),
            FOREIGN KEY (roster, bureau) REFERENCES roster_bureaus (roster, id),
            FOREIGN KEY (roster, merged_into) REFERENCES roster_departments (roster, id)
                DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
INSERT INTO "roster_departments" VALUES(1,0,'gyosei','見本：行政経営課','seisaku','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,1,'kikaku','見本：企画課','seisaku','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,2,'koho','見本：広報広聴課','seisaku','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,3,'shisetsu','見本：公共施設マネジメント課','seisaku','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,4,'somu-ka','見本：文書法制課','somu','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,5,'jinji','見本：人事課','somu','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,6,'joho','見本：情報システム課','somu','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,7,'zaisan','見本：財産管理課','somu','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,8,'saiken','見本：債権管理課','somu','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,9,'kyodo','見本：市民協働課','kurashi','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,10,'koseki','見本：戸籍住民課','kurashi','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,11,'sports','見本：スポーツ推進課','bunka-bu','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,12,'bunka','見本：文化振興課','bunka-bu','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,13,'kodomo-ka','見本：こども育成課','kodomo','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,14,'kokuho','見本：国保年金課','fukushi','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,15,'kanko','見本：観光振興課','kankyo','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,16,'kasen','見本：道路河川管理課','kensetsu','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,17,'suido-ka','見本：上下水道経営課','suido','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,18,'gakko','見本：教育総務課','kyoiku','','[]',NULL,0);
INSERT INTO "roster_departments" VALUES(1,19,'shobo','見本：消防総務課','shobo-honbu','','[]',NULL,0);
CREATE TABLE roster_persons (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            id TEXT NOT NULL CHECK (id <> ''),
            name TEXT NOT NULL,
            PRIMARY KEY (roster, id)
        ) STRICT;
INSERT INTO "roster_persons" VALUES(1,0,'gyosei-tanto','');
INSERT INTO "roster_persons" VALUES(1,1,'gyosei-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,2,'gyosei-kacho','');
INSERT INTO "roster_persons" VALUES(1,3,'kikaku-tanto','');
INSERT INTO "roster_persons" VALUES(1,4,'kikaku-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,5,'kikaku-kacho','');
INSERT INTO "roster_persons" VALUES(1,6,'koho-tanto','');
INSERT INTO "roster_persons" VALUES(1,7,'koho-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,8,'koho-kacho','');
INSERT INTO "roster_persons" VALUES(1,9,'shisetsu-tanto','');
INSERT INTO "roster_persons" VALUES(1,10,'shisetsu-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,11,'shisetsu-kacho','');
INSERT INTO "roster_persons" VALUES(1,12,'somu-ka-tanto','');
INSERT INTO "roster_persons" VALUES(1,13,'somu-ka-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,14,'somu-ka-kacho','');
INSERT INTO "roster_persons" VALUES(1,15,'jinji-tanto','');
INSERT INTO "roster_persons" VALUES(1,16,'jinji-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,17,'jinji-kacho','');
INSERT INTO "roster_persons" VALUES(1,18,'joho-tanto','');
INSERT INTO "roster_persons" VALUES(1,19,'joho-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,20,'joho-kacho','');
INSERT INTO "roster_persons" VALUES(1,21,'zaisan-tanto','');
INSERT INTO "roster_persons" VALUES(1,22,'zaisan-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,23,'zaisan-kacho','');
INSERT INTO "roster_persons" VALUES(1,24,'saiken-tanto','');
INSERT INTO "roster_persons" VALUES(1,25,'saiken-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,26,'saiken-kacho','');
INSERT INTO "roster_persons" VALUES(1,27,'kyodo-tanto','');
INSERT INTO "roster_persons" VALUES(1,28,'kyodo-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,29,'kyodo-kacho','');
INSERT INTO "roster_persons" VALUES(1,30,'koseki-tanto','');
INSERT INTO "roster_persons" VALUES(1,31,'koseki-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,32,'koseki-kacho','');
INSERT INTO "roster_persons" VALUES(1,33,'sports-tanto','');
INSERT INTO "roster_persons" VALUES(1,34,'sports-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,35,'sports-kacho','');
INSERT INTO "roster_persons" VALUES(1,36,'bunka-tanto','');
INSERT INTO "roster_persons" VALUES(1,37,'bunka-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,38,'bunka-kacho','');
INSERT INTO "roster_persons" VALUES(1,39,'kodomo-ka-tanto','');
INSERT INTO "roster_persons" VALUES(1,40,'kodomo-ka-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,41,'kodomo-ka-kacho','');
INSERT INTO "roster_persons" VALUES(1,42,'kokuho-tanto','');
INSERT INTO "roster_persons" VALUES(1,43,'kokuho-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,44,'kokuho-kacho','');
INSERT INTO "roster_persons" VALUES(1,45,'kanko-tanto','');
INSERT INTO "roster_persons" VALUES(1,46,'kanko-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,47,'kanko-kacho','');
INSERT INTO "roster_persons" VALUES(1,48,'kasen-tanto','');
INSERT INTO "roster_persons" VALUES(1,49,'kasen-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,50,'kasen-kacho','');
INSERT INTO "roster_persons" VALUES(1,51,'suido-ka-tanto','');
INSERT INTO "roster_persons" VALUES(1,52,'suido-ka-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,53,'suido-ka-kacho','');
INSERT INTO "roster_persons" VALUES(1,54,'gakko-tanto','');
INSERT INTO "roster_persons" VALUES(1,55,'gakko-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,56,'gakko-kacho','');
INSERT INTO "roster_persons" VALUES(1,57,'shobo-tanto','');
INSERT INTO "roster_persons" VALUES(1,58,'shobo-kakaricho','');
INSERT INTO "roster_persons" VALUES(1,59,'shobo-kacho','');
INSERT INTO "roster_persons" VALUES(1,60,'seisaku-bucho','');
INSERT INTO "roster_persons" VALUES(1,61,'somu-bucho','');
INSERT INTO "roster_persons" VALUES(1,62,'bunka-bu-bucho','');
INSERT INTO "roster_persons" VALUES(1,63,'kurashi-bucho','');
INSERT INTO "roster_persons" VALUES(1,64,'kodomo-bucho','');
INSERT INTO "roster_persons" VALUES(1,65,'fukushi-bucho','');
INSERT INTO "roster_persons" VALUES(1,66,'kankyo-bucho','');
INSERT INTO "roster_persons" VALUES(1,67,'kensetsu-bucho','');
INSERT INTO "roster_persons" VALUES(1,68,'suido-bucho','');
INSERT INTO "roster_persons" VALUES(1,69,'kyoiku-bucho','');
INSERT INTO "roster_persons" VALUES(1,70,'shobo-honbu-bucho','');
INSERT INTO "roster_persons" VALUES(1,71,'kanrishoku','');
INSERT INTO "roster_persons" VALUES(1,72,'jimukyoku','');
INSERT INTO "roster_persons" VALUES(1,73,'kanrisha','');
CREATE TABLE roster_posts (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('owner', 'deputy_head', 'head', 'director', 'manager',
                'secretariat', 'administrator')),
            department TEXT CHECK (department IS NOT NULL OR kind NOT IN ('owner', 'deputy_head', 'head')),
            bureau TEXT CHECK (bureau IS NULL OR department IS NULL),
            person TEXT,
            first_day TEXT,
            last_day TEXT CHECK (last_day >= first_day),
            PRIMARY KEY (roster, position),
            FOREIGN KEY (roster, department) REFERENCES roster_departments (roster, id),
            FOREIGN KEY (roster, bureau) REFERENCES roster_bureaus (roster, id),
            FOREIGN KEY (roster, person) REFERENCES roster_persons (roster, id)
        ) STRICT;
INSERT INTO "roster_posts" VALUES(1,0,'owner','gyosei',NULL,'gyosei-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,1,'deputy_head','gyosei',NULL,'gyosei-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,2,'head','gyosei',NULL,'gyosei-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,3,'owner','kikaku',NULL,'kikaku-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,4,'deputy_head','kikaku',NULL,'kikaku-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,5,'head','kikaku',NULL,'kikaku-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,6,'owner','koho',NULL,'koho-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,7,'deputy_head','koho',NULL,'koho-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,8,'head','koho',NULL,'koho-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,9,'owner','shisetsu',NULL,'shisetsu-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,10,'deputy_head','shisetsu',NULL,'shisetsu-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,11,'head','shisetsu',NULL,'shisetsu-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,12,'owner','somu-ka',NULL,'somu-ka-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,13,'deputy_head','somu-ka',NULL,'somu-ka-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,14,'head','somu-ka',NULL,'somu-ka-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,15,'owner','jinji',NULL,'jinji-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,16,'deputy_head','jinji',NULL,'jinji-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,17,'head','jinji',NULL,'jinji-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,18,'owner','joho',NULL,'joho-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,19,'deputy_head','joho',NULL,'joho-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,20,'head','joho',NULL,'joho-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,21,'owner','zaisan',NULL,'zaisan-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,22,'deputy_head','zaisan',NULL,'zaisan-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,23,'head','zaisan',NULL,'zaisan-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,24,'owner','saiken',NULL,'saiken-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,25,'deputy_head','saiken',NULL,'saiken-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,26,'head','saiken',NULL,'saiken-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,27,'owner','kyodo',NULL,'kyodo-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,28,'deputy_head','kyodo',NULL,'kyodo-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,29,'head','kyodo',NULL,'kyodo-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,30,'owner','koseki',NULL,'koseki-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,31,'deputy_head','koseki',NULL,'koseki-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,32,'head','koseki',NULL,'koseki-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,33,'owner','sports',NULL,'sports-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,34,'deputy_head','sports',NULL,'sports-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,35,'head','sports',NULL,'sports-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,36,'owner','bunka',NULL,'bunka-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,37,'deputy_head','bunka',NULL,'bunka-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,38,'head','bunka',NULL,'bunka-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,39,'owner','kodomo-ka',NULL,'kodomo-ka-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,40,'deputy_head','kodomo-ka',NULL,'kodomo-ka-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,41,'head','kodomo-ka',NULL,'kodomo-ka-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,42,'owner','kokuho',NULL,'kokuho-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,43,'deputy_head','kokuho',NULL,'kokuho-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,44,'head','kokuho',NULL,'kokuho-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,45,'owner','kanko',NULL,'kanko-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,46,'deputy_head','kanko',NULL,'kanko-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,47,'head','kanko',NULL,'kanko-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,48,'owner','kasen',NULL,'kasen-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,49,'deputy_head','kasen',NULL,'kasen-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,50,'head','kasen',NULL,'kasen-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,51,'owner','suido-ka',NULL,'suido-ka-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,52,'deputy_head','suido-ka',NULL,'suido-ka-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,53,'head','suido-ka',NULL,'suido-ka-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,54,'owner','gakko',NULL,'gakko-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,55,'deputy_head','gakko',NULL,'gakko-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,56,'head','gakko',NULL,'gakko-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,57,'owner','shobo',NULL,'shobo-tanto',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,58,'deputy_head','shobo',NULL,'shobo-kakaricho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,59,'head','shobo',NULL,'shobo-kacho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,60,'director',NULL,'seisaku','seisaku-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,61,'director',NULL,'somu','somu-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,62,'director',NULL,'bunka-bu','bunka-bu-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,63,'director',NULL,'kurashi','kurashi-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,64,'director',NULL,'kodomo','kodomo-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,65,'director',NULL,'fukushi','fukushi-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,66,'director',NULL,'kankyo','kankyo-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,67,'director',NULL,'kensetsu','kensetsu-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,68,'director',NULL,'suido','suido-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,69,'director',NULL,'kyoiku','kyoiku-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,70,'director',NULL,'shobo-honbu','shobo-honbu-bucho',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,71,'manager',NULL,NULL,'kanrishoku',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,72,'secretariat','gyosei',NULL,'jimukyoku',NULL,NULL);
INSERT INTO "roster_posts" VALUES(1,73,'administrator','joho',NULL,'kanrisha',NULL,NULL);
CREATE TABLE roster_responsibilities (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            department TEXT NOT NULL,
            initiative TEXT,
            item TEXT CHECK ((item IS NULL) <> (initiative IS NULL)),
            indicator TEXT CHECK ((indicator IS NULL) = (item IS NULL)),
            leads INTEGER NOT NULL CHECK (leads IN (0, 1)),
            first_day TEXT,
            last_day TEXT CHECK (last_day >= first_day),
            PRIMARY KEY (roster, position),
            FOREIGN KEY (roster, department) REFERENCES roster_departments (roster, id)
        ) STRICT;
INSERT INTO "roster_responsibilities" VALUES(1,0,'joho','1-1-1',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,1,'joho','1-1-2',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,2,'somu-ka','1-1-2',NULL,NULL,0,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,3,'joho','1-1-3',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,4,'jinji','1-1-3',NULL,NULL,0,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,5,'joho','1-1-4',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,6,'joho','1-1-5',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,7,'joho','1-2-1',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,8,'koseki','1-2-1',NULL,NULL,0,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,9,'koho','1-2-2',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,10,'joho','1-2-2',NULL,NULL,0,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,11,'joho','1-2-3',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,12,'koho','1-2-3',NULL,NULL,0,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,13,'joho','1-2-4',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,14,'joho','1-2-5',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,15,'jinji','2-1-1',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,16,'jinji','2-1-2',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,17,'jinji','2-1-3',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,18,'jinji','2-1-4',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,19,'sports','3-1-1',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,20,'bunka','3-1-2',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,21,'kanko','3-1-3',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,22,'kodomo-ka','3-1-4',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,23,'gakko','3-1-5',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,24,'suido-ka','3-1-6',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,25,'kyodo','3-2-1',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,26,'kyodo','3-2-2',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,27,'kyodo','3-2-3',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,28,'kikaku','3-2-4',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,29,'shobo','3-2-5',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,30,'zaisan','5-1-1',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,31,'kasen','5-1-2',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,32,'kikaku','5-1-3',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,33,'zaisan','5-1-4',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,34,'saiken','5-1-5',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,35,'kokuho','5-1-6',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,36,'saiken','5-1-6',NULL,NULL,0,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,37,'kokuho','5-2-1',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,38,'jinji','5-2-2',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,39,'somu-ka','5-2-3',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,40,'joho','5-2-3',NULL,NULL,0,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,41,'koseki','5-2-4',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,42,'kodomo-ka','5-2-5',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,43,'shobo','5-2-6',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,44,'kokuho','5-2-7',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,45,'kokuho','5-2-8',NULL,NULL,1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,46,'joho',NULL,'1-1','はだのICT活用推進計画基本方針 2の個別事業実施状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,47,'joho',NULL,'1-1','RPA導入による業務削減時間数',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,48,'joho',NULL,'1-1','情報化ツールの活用により業務改善を実感する職員割合',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,49,'joho',NULL,'1-1','ICTの活用により業務全体量が削減されることで、職員がよりコア業務に集中できる環境をつくる',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,50,'joho',NULL,'1-2','はだのICT活用推進計画基本方針1及び3の個別事業実施状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,51,'joho',NULL,'1-2','電子申請手続数（種別）',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,52,'joho',NULL,'1-2','電子申請年間利用件数',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,53,'koho',NULL,'1-2','窓口・電話口での職員の対応に対する市民満足度割合',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,54,'jinji',NULL,'2-1','職員づくり基本方針実施計画戦略3の取組項目実施状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,55,'jinji',NULL,'2-1','職員研修の年間延べ受講者数',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,56,'jinji',NULL,'2-1','研修受講後の理解度割合',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,57,'jinji',NULL,'2-1','前向きな行動の頻度が増えたと実感する職員割合',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,58,'gyosei',NULL,'3-1','実施状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,59,'gyosei',NULL,'3-1','効果額達成状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,60,'gyosei',NULL,'3-1','指定管理者制度導入施設等の利用に対する市民満足度割合',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,61,'kyodo',NULL,'3-2','実施状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,62,'kyodo',NULL,'3-2','多様な主体が市と役割等を分担し、 地域で主体的に活動している',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,63,'shisetsu',NULL,'4-1','実施状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,64,'shisetsu',NULL,'4-1','効果額達成状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,65,'shisetsu',NULL,'4-1','地域の公共施設の未来像が市民等と共有されている',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,66,'gyosei',NULL,'5-1','実施状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,67,'gyosei',NULL,'5-1','効果額達成状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,68,'gyosei',NULL,'5-2','実施状況',1,NULL,NULL);
INSERT INTO "roster_responsibilities" VALUES(1,69,'gyosei',NULL,'5-2','効果額達成状況',1,NULL,NULL);
CREATE TABLE rosters (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            imported_at TEXT NOT NULL,
            imported_by TEXT NOT NULL CHECK (imported_by <> ''),
            source TEXT NOT NULL,
            effective TEXT NOT NULL CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
            is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1))
        ) STRICT;
INSERT INTO "rosters" VALUES(1,'2023-07-03T10:00:01.000+09:00','jimukyoku','名簿.xlsx','2021-04-01',0);
CREATE TABLE troubles (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            letter INTEGER NOT NULL REFERENCES letters (id),
            channel TEXT NOT NULL CHECK (channel <> ''),
            address TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('failed', 'doubtful', 'lapsed')),
            reason TEXT NOT NULL,
            since TEXT NOT NULL,
            UNIQUE (letter, channel, address, state)
        ) STRICT;
CREATE TABLE troubles_told (
            trouble INTEGER NOT NULL REFERENCES troubles (id),
            letter INTEGER NOT NULL REFERENCES letters (id),
            UNIQUE (trouble, letter)
        ) STRICT;
CREATE TABLE unanswered_questions (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind <> ''),
            asked_at TEXT NOT NULL
        ) STRICT;
INSERT INTO "unanswered_questions" VALUES(1,'指定管理の効果額は？','unclear','2023-07-10T10:01:40.000+09:00');
CREATE TRIGGER editions_are_not_changed BEFORE UPDATE ON editions BEGIN
            SELECT RAISE(ABORT, 'an edition is never changed');
        END;
CREATE TRIGGER editions_are_not_dropped BEFORE DELETE ON editions BEGIN
            SELECT RAISE(ABORT, 'an edition is never dropped');
        END;
CREATE INDEX letters_open ON letters (channel, address, id) WHERE settled_at IS NULL;
CREATE INDEX letters_state ON letters (state, id);
CREATE INDEX letters_conversation ON letters (channel, conversation, id) WHERE conversation <> '';
CREATE INDEX messages_waiting ON messages (channel, conversation, id) WHERE handled_at IS NULL;
CREATE INDEX messages_conversation ON messages (channel, conversation, id);
CREATE INDEX messages_received ON messages (received_at);
CREATE INDEX asked_questions_conversation ON asked_questions (channel, conversation, id);
CREATE INDEX unanswered_questions_asked ON unanswered_questions (asked_at);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit is never changed');
        END;
CREATE TRIGGER audit_is_not_dropped BEFORE DELETE ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit is never shortened');
        END;
CREATE INDEX entry_sign_offs_entry ON entry_sign_offs (entry, number);
CREATE TRIGGER entries_follow_one_another BEFORE INSERT ON entries
        WHEN NEW.version <> 1 + (
            SELECT count(*) FROM entries WHERE round = NEW.round AND subject = NEW.subject
        ) BEGIN
            SELECT RAISE(ABORT, 'a version follows the one before it');
        END;
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN
            SELECT RAISE(ABORT, 'entries are never changed');
        END;
CREATE TRIGGER entries_are_not_dropped BEFORE DELETE ON entries BEGIN
            SELECT RAISE(ABORT, 'entries are never dropped');
        END;
CREATE TRIGGER entry_figures_are_not_changed BEFORE UPDATE ON entry_figures BEGIN
            SELECT RAISE(ABORT, 'entry_figures are never changed');
        END;
CREATE TRIGGER entry_figures_are_not_dropped BEFORE DELETE ON entry_figures BEGIN
            SELECT RAISE(ABORT, 'entry_figures are never dropped');
        END;
CREATE TRIGGER entry_sign_offs_are_not_changed BEFORE UPDATE ON entry_sign_offs BEGIN
            SELECT RAISE(ABORT, 'entry_sign_offs are never changed');
        END;
CREATE TRIGGER entry_sign_offs_are_not_dropped BEFORE DELETE ON entry_sign_offs BEGIN
            SELECT RAISE(ABORT, 'entry_sign_offs are never dropped');
        END;
CREATE INDEX notices_letter ON notices (letter);
CREATE UNIQUE INDEX reminder_starts_one ON reminder_starts (ended_at IS NULL) WHERE ended_at IS NULL;
CREATE INDEX postponements_round ON postponements (round);
CREATE INDEX troubles_since ON troubles (since);
CREATE UNIQUE INDEX drafts_open ON drafts (round, subject) WHERE state = 'open';
CREATE UNIQUE INDEX dialogues_draft ON dialogues (draft) WHERE taken_by = '';
CREATE INDEX marks_round ON marks (round, phase);
CREATE TRIGGER marks_are_not_changed BEFORE UPDATE ON marks BEGIN
            SELECT RAISE(ABORT, 'a mark is never changed');
        END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('rosters',1);
INSERT INTO "sqlite_sequence" VALUES('reminder_starts',1);
INSERT INTO "sqlite_sequence" VALUES('letters',18);
INSERT INTO "sqlite_sequence" VALUES('notices',20);
INSERT INTO "sqlite_sequence" VALUES('messages',16);
INSERT INTO "sqlite_sequence" VALUES('drafts',2);
INSERT INTO "sqlite_sequence" VALUES('entries',1);
INSERT INTO "sqlite_sequence" VALUES('audit',1);
COMMIT;
