$kept = Invoke-ChatCompletion -Prompt 'keep' -Store $true -Metadata @{ run = 7 } -Connection $name
Assert-Smoke ($kept | Get-ChatCompletion -IncludeMessage).Messages.Count 2
Assert-Smoke ($kept | Set-ChatCompletion -Metadata @{ run = 8 } -PassThru).Metadata.run 8
Assert-Smoke (Get-ChatCompletion -Metadata @{ run = '8' } -Connection $name).Id $kept.Id
Remove-ChatCompletion -Id $kept.Id -Connection $name
Assert-Smoke (@(Get-ChatCompletion -Connection $name).Count) 0

$response = Invoke-ChatCompletion -Prompt 'use web_search' -BuiltInTool web_search -Connection (Connect-ChatService -Sandbox -Dialect Responses -Name SmokeResponses -Isolated -PassThru).Name
Assert-Smoke $response.BuiltInCalls[0].Type web_search
Assert-Smoke (Measure-ChatToken -Prompt 'one two' -Connection SmokeResponses).InputTokens 2
Assert-Smoke ($response | Get-ChatResponse -IncludeMessage).Messages.Count 2
$begun = Invoke-ChatCompletion -Prompt 'later' -AdditionalBody @{ background = $true } -Connection SmokeResponses
$begun | Stop-ChatResponse
Assert-Smoke ($begun | Get-ChatResponse).FinishReason cancelled
$begun | Remove-ChatResponse
