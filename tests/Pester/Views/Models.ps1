@{ What = 'models'; Script = { Get-ChatModel }; Header = 'Id OwnedBy Created (UTC) RetiresAt Connection'; Row = 'sandbox-mini *sandbox *2023-11-14 *Test' }
@{ What = 'moderations'; Script = { 'kill', 'b' | Test-ChatModeration }; Header = 'Flagged Score Categories Input'; Row = 'True *0.90 violence *kill' }
