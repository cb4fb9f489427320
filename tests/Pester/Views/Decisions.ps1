@{ What = 'decisions'; Script = { 'a', 'b' | Invoke-ChatDecision 'refund: money back?', 'team: which team (billing|sales)' }; Header = 'Index Unsure Answers Input'; Row = '0 False *refund: * a' }
@{ What = 'answers'; Script = { ('a' | Invoke-ChatDecision 'refund: money back?').Answers }; Header = 'Name Type Value Level Probability Unsure'; Row = 'refund *Predicate * p(yes) 0.?? *False' }
@{ What = 'questions'; Script = { New-ChatQuestion urgency 'how urgent' -Minimum 1 -Maximum 5 }; Header = 'Name Type Answers Text'; Row = 'urgency *Score *1..5 *how urgent' }
