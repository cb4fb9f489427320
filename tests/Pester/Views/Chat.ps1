@{ What = 'chat completions'; Script = { 'Hello', 'Bye' | Invoke-ChatCompletion }; Header = 'Index Model Tokens Seconds Text'; Row = '0 *sandbox-mini *5 *0.* *You said: Hello' }
@{ What = 'calls of tools'; Script = { 'call lookup', 'hi' | Invoke-ChatCompletion -Tool @{ type = 'function'; function = @{ name = 'lookup' } } }; Header = 'Index Model Tokens Seconds Text'; Row = '0 *calls lookup(*' }
@{ What = 'chat updates'; Script = { Invoke-ChatCompletion hi -Stream | Where-Object Text }; Header = 'Index FinishReason Tokens Text'; Row = '*0*You*' }
@{ What = 'text completions'; Script = { 'hi', 'ho' | Invoke-ChatTextCompletion }; Header = 'Index Model Tokens Seconds Text'; Row = '0 *sandbox-mini *You said: hi' }
@{ What = 'answers that were cut'; Script = { 'one two', 'three four' | Invoke-ChatCompletion -MaxTokens 1 }; Header = 'Index Model Tokens Seconds Text'; Row = '0 *You `[length`]' }
@{ What = 'text updates'; Script = { Invoke-ChatTextCompletion hi -Stream | Where-Object Text }; Header = 'Index FinishReason Tokens Text'; Row = '*0*You*' }
@{ What = 'choices'; Script = { (Invoke-ChatCompletion hi -N 2).Choices }; Header = 'Index FinishReason Text'; Row = '0 *stop *You said: hi' }
@{ What = 'choices of texts'; Script = { (Invoke-ChatTextCompletion hi -N 2).Choices }; Header = 'Index FinishReason Text'; Row = '0 *stop *You said: hi' }
@{ What = 'messages'; Script = { (Invoke-ChatCompletion hi).Messages }; Header = 'Role Parts Text'; Row = 'user *1 *hi' }
@{ What = 'sounds'; Script = { (Invoke-ChatCompletion hi -Modality text, audio -Audio @{ voice = 'alloy'; format = 'mp3' }).Audio }; Header = 'Format Length Path Transcript'; Row = 'mp3 *14 *You said: hi' }
@{ What = 'cited pages'; Script = { (Invoke-ChatCompletion hi -WebSearchOption @{}).Citations }; Header = 'StartIndex EndIndex Title Url'; Row = '0 *11 *A page of the sandbox *https://example.com/sandbox' }
@{ What = 'calls of tools of the service'; Script = { Connect-TestSandbox -Connection @{ Dialect = 'Responses' }; (Invoke-ChatCompletion 'use web_search' -BuiltInTool web_search).BuiltInCalls; Connect-TestSandbox @{} @{ ApiKey = 'sk-test-1' } }; Header = 'Type Name Status Input Sources'; Row = 'web_search *completed *use web_search * 1' }
@{ What = 'counts of tokens'; Script = { Measure-ChatToken 'one two' }; Header = 'InputTokens Model Input'; Row = '2 *sandbox-mini *one two' }
@{ What = 'token probabilities'; Script = { (Invoke-ChatTextCompletion hi -LogProbs 2).Choices[0].LogProbs }; Header = 'Token LogProb Probability Top'; Row = 'You *-0.04* 0.96* You | You~1' }
