Assert-Smoke $answer.Text pong
Assert-Smoke $answer.Usage.OutputTokens 1
Assert-Smoke ($answer | Invoke-ChatCompletion -Prompt 'Title I' -Connection $name).Messages.Count 4
Assert-Smoke (Invoke-ChatCompletion -Prompt 'one two' -Stream -Connection $name | Select-Object -Last 1).Completion.Text 'You said: one two'
Assert-Smoke (@{ A = 1.5 } | Invoke-ChatCompletion -Prompt x -Connection $name).Text "You said: x`n`n{`"A`":1.5}"
Assert-Smoke (Invoke-ChatCompletion -Connection $name -Message @{ role = 'user'; content = 'a' }, (New-ChatMessage -Text 'b' -Role assistant), 'c').Text 'You said: c'
Assert-Smoke ('a', 'b' | Invoke-ChatCompletion -Prompt 'All' -Aggregate -Connection $name).Text "You said: All`n`na`n`nb"

Assert-Smoke (Invoke-ChatTextCompletion -Prompt 'hi' -Temperature 1.25 -Connection $name).Text 'You said: hi'

$tool = New-ChatTool -Name smoke_tool -ScriptBlock { param([int] $I) "I is $I" }
Assert-Smoke $tool.Name smoke_tool
$called = Invoke-ChatCompletion -Prompt 'Please call smoke_tool.' -Tool $tool -AllowTool SMOKE_TOOL -Connection $name
Assert-Smoke $called.ToolRounds 1
Assert-Smoke ($called.ToolCalls[0].Output -like 'I is *') True

$file = (New-TemporaryFile).FullName
Set-Content -Path $file -Value 'Hello {{Name}}' -Encoding ascii
Assert-Smoke (@{ Name = 'Ann' } | Invoke-ChatCompletion -PromptFile $file -Connection $name).Text 'You said: Hello Ann'
Remove-Item -Path $file

try {
    $failure = $null
    Invoke-ChatCompletion -Prompt 'x' -Model missing-model -Connection $name -ErrorAction Stop
}
catch {
    $failure = $_
}

Assert-Smoke ($failure.FullyQualifiedErrorId -split ',')[0] ModelNotFound
$failure
