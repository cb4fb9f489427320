@{ What = 'connections'; Script = { Get-ChatConnection }; Header = 'Name Default BaseUri Dialect Model KeySource'; Row = 'Test *`* *http://127.0.0.1:*/v1 *OpenAI *sandbox-mini *Parameter' }
@{ What = 'tests of connections'; Script = { Test-ChatConnection }; Header = 'Connection Success Reachable Authenticated LatencyMs Models ErrorId'; Row = 'Test *True *True *True * 4*' }
