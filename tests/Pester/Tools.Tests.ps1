BeforeAll {
    . $PSScriptRoot/common.ps1

    function New-Call([string] $Name, $Arguments = '{}', [string] $Id = "call_$(Get-Random)") {
        $json = if ($Arguments -is [string]) { $Arguments } else { ConvertTo-Json -InputObject $Arguments -Compress -Depth 9 }
        @{ id = $Id; type = 'function'; function = @{ name = $Name; arguments = $json } }
    }

    # Makes the sandbox call tools: a round is one call or several, a text is an answer; the last round is repeated.
    function Connect-Script([object[]] $Round, [hashtable] $Connection = @{}) {
        $answers = foreach ($one in $Round) {
            $calls = @($one | Where-Object { $_ -is [hashtable] })
            $message = @{ role = 'assistant'; content = (@($one | Where-Object { $_ -is [string] }) -join '') }
            if ($calls) {
                $message.tool_calls = $calls
            }

            @{ message = $message; finish_reason = if ($calls) { 'tool_calls' } else { 'stop' } }
        }
        $json = ConvertTo-Json -InputObject @($answers) -Compress -Depth 20
        $script = [scriptblock]::Create(@"
`$rounds = @'
$json
'@ | ConvertFrom-Json
`$body = `$_.Body | ConvertFrom-Json
`$round = @(`$rounds)[[Math]::Min(@(`$body.messages | Where-Object role -eq assistant).Count, @(`$rounds).Count - 1)]
`$index = 0
foreach (`$call in `$round.message.tool_calls) { `$call | Add-Member index (`$index++) }
`$choice = @{ index = 0; finish_reason = `$round.finish_reason }
`$choice[`$(if (`$body.stream) { 'delta' } else { 'message' })] = `$round.message
@{ id = 'chatcmpl-tools'; model = `$body.model; created = 1; choices = @(`$choice); usage = @{ prompt_tokens = 10; completion_tokens = 5; total_tokens = 15 } }
"@)
        $script:Sandbox = Start-ChatSandbox -Name Test -Response $script
        $settings = @{ Name = 'Test'; Model = 'sandbox-mini'; MaxRetry = 0; TimeoutSec = 30 }
        foreach ($name in $Connection.Keys) {
            $settings[$name] = $Connection[$name]
        }

        Connect-ChatService $script:Sandbox.BaseUri @settings
    }

    function Get-ShownProperty($Tool) {
        $Tool.Parameters['properties']
    }

    # A host in which somebody answers.
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

public sealed class AnsweringUI : PSHostUserInterface
{
    public Queue<int> Answers = new Queue<int>();
    public List<string> Asked = new List<string>();
    public override PSHostRawUserInterface RawUI { get { return null; } }
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Asked.Add(message);
        return Answers.Count > 0 ? Answers.Dequeue() : defaultChoice;
    }
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotImplementedException(); }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotImplementedException(); }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) { throw new NotImplementedException(); }
    public override string ReadLine() { throw new NotImplementedException(); }
    public override SecureString ReadLineAsSecureString() { throw new NotImplementedException(); }
    public override void Write(string value) { }
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { }
    public override void WriteLine(string value) { }
    public override void WriteErrorLine(string value) { }
    public override void WriteDebugLine(string message) { }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override void WriteVerboseLine(string message) { }
    public override void WriteWarningLine(string message) { }
}

public sealed class AnsweringHost : PSHost
{
    private readonly Guid id = Guid.NewGuid();
    public readonly AnsweringUI Answering = new AnsweringUI();
    public override string Name { get { return "Visual Studio Code Host"; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override Guid InstanceId { get { return id; } }
    public override PSHostUserInterface UI { get { return Answering; } }
    public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}
'@

    # Runs a script where somebody is there to say yes or no.
    function Invoke-Attended([scriptblock] $Script, [int[]] $Answer) {
        $attended = [AnsweringHost]::new()
        $Answer | ForEach-Object { $attended.Answering.Answers.Enqueue($_) }
        $runspace = [runspacefactory]::CreateRunspace($attended)
        $runspace.Open()
        $shell = [powershell]::Create()
        try {
            $shell.Runspace = $runspace
            $null = $shell.AddScript('param($Module) Import-Module $Module').AddArgument($ModulePath).Invoke()
            $shell.Commands.Clear()
            $output = $shell.AddScript("$Script").Invoke()
            [pscustomobject]@{ Output = $output; Asked = $attended.Answering.Asked; Errors = @($shell.Streams.Error); Warnings = @($shell.Streams.Warning) }
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}

AfterAll {
    Clear-Test
}

Describe 'A loop of tools' {
    It 'runs real cmdlets over several rounds' {
        Connect-Script @(
            , (New-Call Get-Process @{ Id = $PID } 'one')
            , @('Now the date.', (New-Call Get-Date @{ Year = 2020; Month = 1; Day = 2; Format = 'yyyy-MM-dd' } 'two'))
            'Done.'
        )
        $answer = Invoke-ChatCompletion 'What runs?' -Tool (Get-Command Get-Process), Get-Date -ToolApproval Auto
        $answer.Text | Should -BeExactly 'Done.'
        $answer.FinishReason | Should -Be 'stop'
        $answer.ToolRounds | Should -Be 2
        $answer.ToolCalls.Name | Should -Be 'Get-Process', 'Get-Date'
        ($answer.ToolCalls[0].Output | ConvertFrom-Json).Id | Should -Be $PID
        $answer.ToolCalls[1].Output | Should -BeExactly '2020-01-02'
        $answer.ToolCalls.IsError | Should -Be $false, $false
        $answer.ToolCalls[0].Elapsed | Should -BeGreaterThan ([timespan]::Zero)
        $answer.Messages.Role | Should -Be 'user', 'assistant', 'tool', 'assistant', 'tool', 'assistant'
        $answer.Messages[2].ToolCallId | Should -Be 'one'
        $answer.Usage.TotalTokens | Should -Be 45
        Get-TestRequest | Should -HaveCount 3
        (Get-TestBody).messages[2].content | Should -BeExactly $answer.ToolCalls[0].Output
    }

    It 'runs parallel calls one after the other, in their order' {
        Connect-Script @((New-Call first), (New-Call second), (New-Call first)), 'Done.'
        $trace = [Collections.Generic.List[string]]::new()
        $first = New-ChatTool -Name first -ScriptBlock { param() $trace.Add('first'); 1 }
        $second = New-ChatTool -Name second -ScriptBlock { param() $trace.Add('second'); 2 }
        $answer = Invoke-ChatCompletion 'Go' -Tool $first, $second -ToolApproval Auto
        $trace | Should -Be 'first', 'second', 'first'
        $answer.ToolRounds | Should -Be 1
        $answer.ToolCalls.Output | Should -Be '1', '2', '1'
    }

    It 'sees the variables of the caller, in order, for every piped item' {
        Connect-Script (New-Call tell), 'Done.'
        $local = 'of the caller'
        $answers = 1..5 | Invoke-ChatCompletion 'Go' -Tool (New-ChatTool -Name tell -ScriptBlock { $local }) -ToolApproval Auto -ThrottleLimit 4
        $answers | Should -HaveCount 5
        $answers.Input | Should -Be 1, 2, 3, 4, 5
        $answers.ToolCalls.Output | Select-Object -Unique | Should -Be 'of the caller'
    }

    It 'runs the tools of items as they come with -AsCompleted' {
        Connect-Script (New-Call tell), 'Done.'
        $answers = 1..5 | Invoke-ChatCompletion 'Go' -Tool (New-ChatTool -Name tell -ScriptBlock { 'x' }) -ToolApproval Auto -AsCompleted
        $answers | Should -HaveCount 5
    }

    It 'tells the model what went wrong: <What>' -ForEach @(
        @{ What = 'an exception'; Script = { throw 'boom' }; Like = '*boom*' }
        @{ What = 'an error'; Script = { Write-Error 'sad'; 'half' }; Like = '*sad*half*' }
        @{ What = 'an error of a cmdlet'; Script = { Get-Item /does/not/exist }; Like = '*does*not*exist*' }
        @{ What = 'a method that throws'; Script = { [int]::Parse('x') }; Like = '*x*' }
    ) {
        Connect-Script (New-Call fail), 'Done.'
        foreach ($ErrorActionPreference in 'Continue', 'Stop') {
            $answer = Invoke-ChatCompletion 'Go' -Tool (New-ChatTool -Name fail -ScriptBlock $Script) -ToolApproval Auto -ErrorVariable failure
            $answer.Text | Should -Be 'Done.'
            $answer.ToolCalls[0].IsError | Should -BeTrue
            $answer.ToolCalls[0].Refused | Should -BeFalse
            $failure | Should -BeNullOrEmpty
            if ($ErrorActionPreference -eq 'Continue') {
                $answer.ToolCalls[0].Output | Should -BeLike "ERROR: $Like"
            }
        }
    }

    It 'tells warnings to the model and to the user' {
        Connect-Script (New-Call warn), 'Done.'
        $answer = Invoke-ChatCompletion 'Go' -Tool (New-ChatTool -Name warn -ScriptBlock { Write-Warning 'low'; 'x' }) -ToolApproval Auto -WarningVariable warning -WarningAction SilentlyContinue
        $answer.ToolCalls[0].Output | Should -BeExactly "WARNING: low`nx"
        $answer.ToolCalls[0].IsError | Should -BeFalse
        $warning | Should -Be 'low'
    }

    It 'goes on after exit and break in a tool' {
        Connect-Script @((New-Call leave), (New-Call escape)), 'Done.'
        $tools = (New-ChatTool -Name leave -ScriptBlock { exit 3 }), (New-ChatTool -Name escape -ScriptBlock { break })
        $answer = Invoke-ChatCompletion 'Go' -Tool $tools -ToolApproval Auto
        $answer.Text | Should -Be 'Done.'
        $answer.ToolCalls.Output | Should -Be '(no output)', '(no output)'
    }

    It 'tells the model of a tool that does not exist' {
        Connect-Script (New-Call Remove-Everything), 'Done.'
        $answer = Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto
        $answer.ToolCalls[0].Output | Should -BeLike "*no tool 'Remove-Everything'*Get-Date*"
        $answer.ToolCalls[0].IsError | Should -BeTrue
    }

    It 'tells the model of arguments that do not fit: <Arguments>' -ForEach @(
        @{ Arguments = '{"Year":'; Like = '*not JSON*' }
        @{ Arguments = '[1]'; Like = '*not a JSON object*' }
        @{ Arguments = '{"Century":20}'; Like = "*no argument 'Century'*Year*" }
        @{ Arguments = '{"Year":"soon"}'; Like = '*/Year*integer*' }
        @{ Arguments = '{"Year":10000}'; Like = '*Year*9999*' }
        @{ Arguments = '{"Date":"not a date"}'; Like = '*Date*' }
        @{ Arguments = '{"Year":1,"year":2}'; Like = '*twice*' }
        @{ Arguments = '{"Format":"d","UFormat":"%d"}'; Like = '*together*' }
        @{ Arguments = '{"Verbose":true}'; Like = "*no argument 'Verbose'*" }
    ) {
        Connect-Script (New-Call Get-Date $Arguments), 'Done.'
        $answer = Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto
        $answer.Text | Should -Be 'Done.'
        $answer.ToolCalls[0].IsError | Should -BeTrue
        $answer.ToolCalls[0].Output | Should -BeLike $Like
    }

    It 'takes arguments that mean the same: <Arguments>' -ForEach @(
        @{ Arguments = ''; Result = '[] 0' }
        @{ Arguments = '{"NAMES":"a"}'; Result = '[a] 0' }
        @{ Arguments = '{"Names":["a","b"],"Count":null}'; Result = '[a b] 0' }
        @{ Arguments = '{"Names":null,"Count":3}'; Result = '[] 3' }
    ) {
        Connect-Script (New-Call tell $Arguments), 'Done.'
        $tool = New-ChatTool -Name tell -ScriptBlock { param([string[]] $Names, [int] $Count) "[$Names] $Count" }
        (Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto).ToolCalls[0].Output | Should -BeExactly $Result
    }

    It 'hands over <Text> as plain text' -ForEach @(
        "'; Remove-Item x; '", '$(throw 1)', "@'`nRemove-Item x`n'@", '`$(1+1)`n', '-Force', '--%', '"; exit 1; "', '$env:PATH', '@{a=1}', '{ throw 1 }', '| Remove-Item', "a`0b", '% { 1 }', '@splat', "`u{2019}; throw 1; `u{2018}" | ForEach-Object { @{ Text = $_ } }
    ) {
        Connect-Script (New-Call keep @{ Value = $Text; List = @($Text, $Text); Any = $Text }), 'Done.'
        $kept = [Collections.Generic.List[object]]::new()
        function Test-Keep {
            [CmdletBinding()]
            param([string] $Value, [string[]] $List, $Any, [switch] $Force)
            $kept.Add($Value)
            $kept.AddRange($List)
            $kept.Add($Any)
            $kept.Add([bool]$Force)
        }
        $answer = Invoke-ChatCompletion 'Go' -Tool (New-ChatTool Test-Keep -Name keep) -ToolApproval Auto
        $answer.ToolCalls[0].IsError | Should -BeFalse -Because $answer.ToolCalls[0].Output
        $kept | Should -HaveCount 5
        $kept[0..3] | ForEach-Object { $_ | Should -BeOfType string; $_ | Should -BeExactly $Text }
        $kept[4] | Should -BeFalse
    }

    It 'binds typed values' {
        $id = [guid]::NewGuid()
        Connect-Script (New-Call typed @{ When = '2024-05-06T07:08:09Z'; Id = "$id"; Day = 'Friday'; On = $true; Span = 'PT90S'; Table = @{ a = 1 }; Address = 'https://example.com/' }), 'Done.'
        $tool = New-ChatTool -Name typed -ScriptBlock {
            param([datetime] $When, [guid] $Id, [DayOfWeek] $Day, [switch] $On, [timespan] $Span, [hashtable] $Table, [uri] $Address, [Nullable[int]] $Missing)
            $When.ToUniversalTime().ToString('s'), $Id.GetType().Name, $Day, $On.IsPresent, $Span.TotalSeconds, $Table.A, $Address.Host, ($null -eq $Missing) -join ' '
        }
        (Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto).ToolCalls[0].Output | Should -Be '2024-05-06T07:08:09 Guid Friday True 90 1 example.com True'
    }

    It 'ends at -MaxToolRound with the transcript' {
        Connect-Script (, @('Again.', (New-Call tell)))
        $answer = Invoke-ChatCompletion 'Go' -Tool (New-ChatTool -Name tell -ScriptBlock { 'x' }) -ToolApproval Auto -MaxToolRound 2 -ErrorVariable failure -ErrorAction SilentlyContinue
        $answer | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ToolLimitExceeded*'
        $failure[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $failure[0].Exception.PartialText | Should -Be 'Again.'
        $partial = $failure[0].Exception.Completion
        $partial.ToolRounds | Should -Be 2
        $partial.ToolCalls.Output | Should -Be 'x', 'x', 'Not run: the limit of calls is reached.'
        $partial.Messages.Role | Should -Be 'user', 'assistant', 'tool', 'assistant', 'tool', 'assistant', 'tool'
        Get-TestRequest | Should -HaveCount 3
    }

    It 'ends at -MaxToolCall' {
        Connect-Script (, @((New-Call tell), (New-Call tell), (New-Call tell)))
        $script:ran = 0
        $null = Invoke-ChatCompletion 'Go' -Tool (New-ChatTool -Name tell -ScriptBlock { $script:ran++ }) -ToolApproval Auto -MaxToolCall 2 -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ToolLimitExceeded*'
        $failure[0].Exception.Completion.ToolCalls.Refused | Should -Be $false, $false, $true
        $ran | Should -Be 2
    }

    It 'keeps the transcript where the service fails later' {
        $null = Start-ChatSandbox Test -Response {
            if ($_.Body -like '*"tool_call_id"*') { throw 'no' }
            @{ choices = @(@{ index = 0; finish_reason = 'tool_calls'; message = @{ role = 'assistant'; tool_calls = @(@{ id = 'a'; type = 'function'; function = @{ name = 'Get-Date'; arguments = '{}' } }) } }) }
        }
        Connect-ChatService -Sandbox -Name Test -MaxRetry 0
        $null = Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.Completion.ToolCalls[0].Output | Should -Not -BeNullOrEmpty
    }

    It 'forces a tool only once' -ForEach @{ Choice = 'required' }, @{ Choice = 'Get-Date' } {
        Connect-Script (New-Call Get-Date), 'Done.'
        $null = Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto -ToolChoice $Choice
        $choices = Get-TestRequest | ForEach-Object { ConvertTo-Json ($_.Body | ConvertFrom-Json).tool_choice -Compress }
        $choices[0] | Should -BeLike "*$Choice*"
        $choices[1] | Should -Be '"auto"'
    }

    It 'gives calls of definitions to the caller, after running the others' {
        Connect-Script @((New-Call mine '{}' 'm'), (New-Call Get-Date '{"Format":"\\x"}' 'd')), 'Done.'
        $mine = @{ type = 'function'; function = @{ name = 'mine'; parameters = @{ type = 'object'; properties = @{} } } }
        $answer = Invoke-ChatCompletion 'Go' -Tool $mine, 'Get-Date' -ToolApproval Auto
        $answer.FinishReason | Should -Be 'tool_calls'
        $answer.ToolCalls.Name | Should -Be 'Get-Date', 'mine'
        $answer.ToolCalls[0].Output | Should -Be 'x'
        $answer.ToolCalls[1].Output | Should -BeNullOrEmpty
        $result = New-ChatMessage '42' -Role tool -ToolCallId m
        (Invoke-ChatCompletion -Message $answer.Messages, $result -Tool $mine, 'Get-Date' -ToolApproval Auto).Text | Should -Be 'Done.'
    }

    It 'streams the pieces of every round' {
        Connect-Script @('Wait.', (New-Call Get-Date '{"Format":"yyyy"}')), 'Done.'
        $updates = Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto -Stream
        -join $updates.Text | Should -BeExactly "Wait.`n`nDone."
        $updates[-1].Completion.Text | Should -Be 'Done.'
        $updates[-1].Completion.ToolRounds | Should -Be 1
        $updates[-1].Completion.ToolCalls[0].Output | Should -Match '^\d{4}$'
        @($updates | Where-Object Completion) | Should -HaveCount 1
        (Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto -Show 6>$null).Text | Should -Be 'Done.'
    }

    It 'goes on with the conversation' {
        Connect-Script (New-Call Get-Date), 'Done.', 'Later.'
        $answer = Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto | Invoke-ChatCompletion 'And then?'
        $answer.Text | Should -Be 'Later.'
        $answer.Messages | Should -HaveCount 6
    }

    It 'makes typed answers of the last round' {
        Connect-Script (New-Call Get-Date '{"Format":"yyyy"}'), '{"year":2020,"leap":true}'
        $year = Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto -OutputSchema 'year int, leap bool'
        $year.year | Should -Be 2020
        $year.leap | Should -BeTrue
        $year.ChatPS.Completion.ToolCalls[0].Output | Should -Match '^\d{4}$'
    }

    It 'calls no tool again for what a checkpoint holds' {
        Connect-Script @('Wait.', (New-Call count)), 'Done.'
        $path = Join-Path $TestDrive 'tools.jsonl'
        $script:count = 0
        $tool = New-ChatTool -Name count -ScriptBlock { $script:count++; "run $script:count" }
        $prices = @{ 'sandbox-*' = 1, 2 }
        $first = 1, 2 | Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto -CheckpointPath $path -PriceTable $prices
        $script:count | Should -Be 2
        $second = 1, 2 | Invoke-ChatCompletion 'Go' -Tool $tool -AllowTool * -CheckpointPath $path -PriceTable $prices
        $script:count | Should -Be 2
        Get-TestRequest | Should -HaveCount 4
        foreach ($place in 0, 1) {
            $second[$place].Text | Should -Be 'Done.'
            $second[$place].ToolCalls.Output | Should -Be $first[$place].ToolCalls.Output
            $second[$place].ToolRounds | Should -Be 1
            $second[$place].Usage.TotalTokens | Should -Be 30
            $second[$place].Cost | Should -Be $first[$place].Cost
            $second[$place].Elapsed | Should -Be $first[$place].Elapsed
            $second[$place].Messages.Text | Should -Be $first[$place].Messages.Text
        }

        $stream = 1, 2 | Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto -CheckpointPath $path -Stream
        $stream[-1].Completion.ToolCalls[0].Output | Should -Be 'run 2'
        $script:count | Should -Be 2
    }

    It 'keeps within the budget in every round' {
        Connect-Script (New-Call Get-Date)
        $failure = Get-Failure { Invoke-ChatCompletion 'Go' -Tool Get-Date -ToolApproval Auto -MaxTotalToken 2000 -MaxTokens 500 -MaxToolRound 1000 -MaxToolCall 1000 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded*'
        $failure.Exception.Completion.ToolRounds | Should -BeGreaterThan 0
    }

    It 'refuses <What>' -ForEach @(
        @{ What = '-N 2'; With = @{ N = 2 }; Like = '*-N is 2*' }
        @{ What = '-MaxToolRound 0'; With = @{ MaxToolRound = 0 }; Like = '*-MaxToolRound*' }
        @{ What = '-MaxToolCall 0'; With = @{ MaxToolCall = 0 }; Like = '*-MaxToolCall*' }
        @{ What = 'a slip in -AllowTool'; With = @{ AllowTool = 'Get-Dat' }; Like = "*-AllowTool*Get-Dat*" }
        @{ What = 'the same tool twice'; With = @{ Tool = 'Get-Date', 'Get-Date' }; Like = '*two tools*' }
        @{ What = 'a command that does not exist'; With = @{ Tool = 'Get-NoSuchThing' }; Like = '*Get-NoSuchThing*' }
        @{ What = 'a tool that came through a job'; With = @{ Lost = $true }; Like = '*New-ChatTool*' }
        @{ What = 'a job with a tool that is not allowed'; With = @{ AsJob = $true }; Like = '*-AsJob*Get-Date*' }
        @{ What = 'a job with -WhatIf'; With = @{ AsJob = $true; WhatIf = $true; ToolApproval = 'Auto' }; Like = '*-WhatIf*' }
    ) {
        Connect-Script 'Done.'
        $parameters = if ($With.ContainsKey('Tool')) { $With } else { @{ Tool = 'Get-Date' } + $With }
        if ($parameters.Lost) {
            $parameters = @{ Tool = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((New-ChatTool Get-Date))) }
        }

        $failure = Get-Failure { Invoke-ChatCompletion 'Go' @parameters }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failure | Should -BeLike $Like
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'stops a tool at its time limit' {
        Connect-Script (New-Call sleep), 'Done.'
        $tool = New-ChatTool -Name sleep -TimeoutSec 0.2 -ScriptBlock { 'before'; Start-Sleep 30; 'after' }
        $answer = Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto
        $answer.Text | Should -Be 'Done.'
        $answer.ToolCalls[0].IsError | Should -BeTrue
        $answer.ToolCalls[0].Output | Should -BeLike 'ERROR: The tool was stopped*0.2 seconds*'
        $answer.ToolCalls[0].Output | Should -Not -BeLike '*after*'
        $answer.ToolCalls[0].Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'ends a running tool when the pipeline is stopped' {
        Connect-Script (New-Call sleep), 'Done.'
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        $running = [Threading.ManualResetEventSlim]::new()
        $null = $shell.AddScript('param($Module, $Uri, $running) Import-Module $Module; Connect-ChatService $Uri -Name Stop -Model sandbox-mini -Isolated; Invoke-ChatCompletion Go -ToolApproval Auto -Tool (New-ChatTool -Name sleep -ScriptBlock { $running.Set(); Start-Sleep 60 })').
            AddArgument($ModulePath).AddArgument("$($Sandbox.BaseUri)").AddArgument($running)
        $null = $shell.BeginInvoke()
        $running.Wait(20000) | Should -BeTrue
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
        $runspace.Dispose()
        Get-TestRequest | Should -HaveCount 1
    }

    It 'runs allowed tools in a job, in a runspace of their own' {
        Connect-Script @((New-Call Get-Date '{"Format":"\\d"}'), (New-Call apart '{"x":"$(1)"}')), 'Done.'
        $local = 'not seen'
        $job = Invoke-ChatCompletion 'Go' -Tool Get-Date, (New-ChatTool -Name apart -ScriptBlock { param($x) "<$x$local>" }) -AllowTool Get-Date, a* -AsJob
        $answer = $job | Wait-Job -Timeout 60 | Receive-Job
        $job | Remove-Job
        $answer.Text | Should -Be 'Done.'
        $answer.ToolCalls.Output | Should -Be 'd', '<$(1)>'
    }
}

Describe 'Approval of tools' {
    BeforeEach {
        Connect-Script @((New-Call touch), (New-Call touch), (New-Call Get-Date '{"Format":"\\d"}')), 'Done.'
        $script:touched = 0
        $touch = New-ChatTool -Name touch -ScriptBlock { $script:touched++; 'touched' }
    }

    It 'refuses all where nobody is there to ask, and says so once' {
        $answer = Invoke-ChatCompletion 'Go' -Tool $touch, 'Get-Date' -WarningVariable warning -WarningAction SilentlyContinue
        $touched | Should -Be 0
        $answer.Text | Should -Be 'Done.'
        $answer.ToolCalls.Refused | Should -Be $true, $true, $true
        $answer.ToolCalls.IsError | Should -Be $true, $true, $true
        $answer.ToolCalls[0].Output | Should -BeLike 'Refused*'
        $answer.ToolCalls[0].Elapsed | Should -BeNullOrEmpty
        $warning | Should -HaveCount 2
        $warning[0] | Should -BeLike "*'touch'*-AllowTool touch*"
    }

    It 'runs what -AllowTool names: <Allow>' -ForEach @{ Allow = 'touch'; Times = 2 }, @{ Allow = 'T*'; Times = 2 }, @{ Allow = 'Get-*'; Times = 0 }, @{ Allow = '*'; Times = 2 } {
        foreach ($approval in 'Ask', 'Never') {
            $script:touched = 0
            $null = Invoke-ChatCompletion 'Go' -Tool $touch, 'Get-Date' -AllowTool $Allow -ToolApproval $approval -WarningAction SilentlyContinue
            $touched | Should -Be $Times
        }
    }

    It 'shows and refuses with -ToolApproval Preview, whatever is allowed' {
        $answer = Invoke-ChatCompletion 'Go' -Tool $touch, 'Get-Date' -ToolApproval Preview -AllowTool * -InformationVariable shown 6>$null
        $touched | Should -Be 0
        $answer.ToolCalls.Refused | Should -Be $true, $true, $true
        $answer.ToolCalls.Output | Should -BeLike '*only shown*'
        "$($shown[0])" | Should -BeLike 'The model would call touch {*}'
        $shown.Count | Should -Be 3
    }

    It 'sends nothing with -WhatIf, with tools as without' {
        $before = @(Get-TestRequest).Count
        Invoke-ChatCompletion 'Go' -Tool $touch, 'Get-Date' -ToolApproval Auto -AllowTool * -WhatIf | Should -BeNullOrEmpty
        & {
            $WhatIfPreference = $true
            Invoke-ChatCompletion 'Go' -Tool $touch, 'Get-Date' -ToolApproval Auto | Should -BeNullOrEmpty
        }
        Invoke-ChatCompletion 'No tools' -WhatIf | Should -BeNullOrEmpty
        $touched | Should -Be 0
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'lets no prompt file say yes to its own tools: <_>' -ForEach 'AllowTool: Get-Date', 'ToolApproval: Auto', 'MaxToolCall: 9' {
        $file = Join-Path $TestDrive 'approve.md'
        Set-Content $file "---`n$_`ntools: Get-Date`n---`nGo"
        Get-Failure { Invoke-ChatCompletion -PromptFile $file } | Should -BeLike '*is not set in a file*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'takes no silence for a yes: -Confirm:$false alone allows nothing' {
        $null = Invoke-ChatCompletion 'Go' -Tool $touch, 'Get-Date' -Confirm:$false -WarningAction SilentlyContinue
        $touched | Should -Be 0
    }

    It 'asks a person: <What>' -ForEach @(
        @{ What = 'yes and no'; Answer = 0, 2; Asked = 2; Output = 'touched', 'Refused: the user did not allow this call.' }
        @{ What = 'yes to all of a tool'; Answer = 1; Asked = 1; Output = 'touched', 'touched' }
        @{ What = 'no answer is no'; Answer = @(); Asked = 2; Output = 'Refused: the user did not allow this call.', 'Refused: the user did not allow this call.' }
    ) {
        Connect-Script @((New-Call touch '{"x":"\u001b[2K"}'), (New-Call touch)), 'Done.'
        $result = Invoke-Attended -Answer $Answer ([scriptblock]::Create(@"
Connect-ChatService '$($Sandbox.BaseUri)' -Name Ask -Model sandbox-mini -Isolated
Invoke-ChatCompletion Go -Tool (New-ChatTool -Name touch -ScriptBlock { param(`$x) 'touched' })
"@))
        $result.Errors | Should -BeNullOrEmpty
        $result.Output[0].ToolCalls.Output | Should -Be $Output
        $result.Asked | Should -HaveCount $Asked
        $result.Asked[0] | Should -BeLike 'touch {*'
        $result.Asked[0] | Should -Not -Match "`e"
    }

    It 'ends the command when the person says stop' {
        $result = Invoke-Attended -Answer 3 ([scriptblock]::Create(@"
Connect-ChatService '$($Sandbox.BaseUri)' -Name Ask -Model sandbox-mini -Isolated
try { 1..3 | Invoke-ChatCompletion Go -Tool (New-ChatTool -Name touch -ScriptBlock { 'touched' }) } catch { `$_ }
"@))
        $result.Asked | Should -HaveCount 1
        $result.Output | Should -HaveCount 1
        $result.Output[0].FullyQualifiedErrorId | Should -BeLike 'ToolsStopped*'
        $result.Output[0].Exception.Completion.ToolCalls | Should -HaveCount 3
    }

    It 'asks nobody with -ToolApproval Never' {
        $result = Invoke-Attended ([scriptblock]::Create(@"
Connect-ChatService '$($Sandbox.BaseUri)' -Name Ask -Model sandbox-mini -Isolated
Invoke-ChatCompletion Go -ToolApproval Never -Tool (New-ChatTool -Name touch -ScriptBlock { 'touched' })
"@))
        $result.Asked | Should -BeNullOrEmpty
        $result.Output[0].ToolCalls.Refused | Should -Contain $true
    }
}

Describe 'What a tool emits' {
    It 'becomes <Text>' -ForEach @(
        @{ Script = { 'a'; 'b' }; Text = "a`nb" }
        @{ Script = { 1, 2 }; Text = '[1,2]' }
        @{ Script = { 5 }; Text = '5' }
        @{ Script = { $null }; Text = 'null' }
        @{ Script = { }; Text = '(no output)' }
        @{ Script = { @{ a = 1 } }; Text = '{"a":1}' }
        @{ Script = { [pscustomobject]@{ a = 1; b = 'x' } }; Text = '{"a":1,"b":"x"}' }
        @{ Script = { [datetime]::new(2020, 1, 2, 0, 0, 0, [DateTimeKind]::Utc) }; Text = '"2020-01-02T00:00:00.0000000Z"' }
        @{ Script = { Write-Host 'to the screen'; 'x' }; Text = 'x' }
    ) {
        Connect-Script (New-Call emit), 'Done.'
        (Invoke-ChatCompletion 'Go' -Tool (New-ChatTool -Name emit -ScriptBlock $Script) -ToolApproval Auto 6>$null).ToolCalls[0].Output | Should -BeExactly $Text
    }

    It 'is cut at the limit, and the model is told' {
        Connect-Script @((New-Call text), (New-Call objects), (New-Call single)), 'Done.'
        $answer = Invoke-ChatCompletion 'Go' -ToolApproval Auto -Tool @(
            New-ChatTool -Name text -MaxOutputLength 10 -ScriptBlock { 'x' * 100 }
            New-ChatTool -Name objects -MaxOutputLength 30 -ScriptBlock { 1..100 | ForEach-Object { @{ n = $_ } } }
            New-ChatTool -Name single -MaxOutputLength 5 -ScriptBlock { @{ n = 'x' * 100 } }
        )
        $answer.ToolCalls[0].Output | Should -BeLike 'xxxxxxxxxx?`[cut: 10 of 100 characters*'
        $answer.ToolCalls[1].Output | Should -BeLike '`[{"n":1},{"n":2},{"n":3}`]?`[cut: 3 of 100 objects*'
        $answer.ToolCalls[2].Output | Should -BeLike '{"n":?`[cut: 5 of *'
    }

    It 'is not held beyond the limit, however much a tool emits' {
        Connect-Script @((New-Call lines), (New-Call errors)), 'Done.'
        $global:held = $null
        $answer = Invoke-ChatCompletion 'Go' -ToolApproval Auto -Tool @(
            New-ChatTool -Name lines -MaxOutputLength 20 -ScriptBlock {
                $before = [GC]::GetTotalMemory($true)
                1..20000 | ForEach-Object { 'x' * 5000 }
                $global:held = [GC]::GetTotalMemory($true) - $before
            }
            New-ChatTool -Name errors -MaxOutputLength 2000 -ScriptBlock { 1..1000 | ForEach-Object { Write-Error "wrong $_" -ErrorAction Continue } }
        )
        $answer.ToolCalls[0].Output | Should -BeExactly "$('x' * 20)`n[cut: a part of 20000 lines; ask for less]"
        $held | Should -BeLessThan 20MB -Because '200 MB were emitted'
        $answer.ToolCalls[1].Output | Should -BeLike 'ERROR: wrong 1*wrong 100*'
        $answer.ToolCalls[1].Output | Should -Not -BeLike '*wrong 101*'
        Remove-Variable held -Scope Global
    }

    It 'holds no secret' {
        Connect-Script (New-Call leak), 'Done.'
        $answer = Invoke-ChatCompletion 'Go' -ToolApproval Auto -Tool (New-ChatTool -Name leak -ScriptBlock { [pscredential]::new('u', (ConvertTo-SecureString 'hush' -AsPlainText -Force)) })
        $answer.ToolCalls[0].IsError | Should -BeTrue
        $answer.ToolCalls[0].Output | Should -Not -BeLike '*hush*'
    }
}

Describe 'New-ChatTool' {
    BeforeAll {
        function Test-Sample {
            <#
            .SYNOPSIS
            Does the sample.
            .PARAMETER Name
            Whom to greet.
            #>
            [CmdletBinding(DefaultParameterSetName = 'ByName', SupportsShouldProcess)]
            param(
                [Parameter(Mandatory, ParameterSetName = 'ByName', ValueFromPipeline)] [ValidateLength(1, 20)] [string] $Name,
                [Parameter(Mandatory, ParameterSetName = 'ById', HelpMessage = 'The number.')] [ValidateRange(1, 99)] [int] $Id,
                [ValidateSet('low', 'high')] [string] $Level,
                [ValidateCount(1, 3)] [ValidatePattern('^[a-z]+$')] [string[]] $Tags,
                [DayOfWeek] $Day,
                [IO.FileAttributes] $Flags,
                [datetime] $When,
                [guid] $Key,
                [double] $Ratio,
                [switch] $Quick,
                [hashtable] $Table,
                [securestring] $Password,
                [pscredential] $Credential,
                [scriptblock] $Script,
                [Parameter(DontShow)] [string] $Hidden
            )
            process {
                if ($PSCmdlet.ShouldProcess("$Name$Id")) {
                    "$Name$Id"
                }
            }
        }
    }

    It 'makes a schema of parameters and help' {
        $tool = New-ChatTool Test-Sample
        $tool | Should -BeOfType ChatPS.ChatTool
        $tool.Name | Should -Be 'Test-Sample'
        "$tool" | Should -Be 'Test-Sample'
        $tool.Description | Should -BeLike 'Does the sample.*Name | Id*'
        $properties = Get-ShownProperty $tool
        $properties.Keys | Should -Be 'Name', 'Level', 'Tags', 'Day', 'Flags', 'When', 'Key', 'Ratio', 'Quick', 'Table', 'Id'
        $expected = @{
            Name = '{"type":"string","minLength":1,"maxLength":20,"description":"Whom to greet."}'
            Id = '{"type":"integer","minimum":1,"maximum":99,"description":"The number."}'
            Level = '{"type":"string","enum":["low","high"]}'
            Tags = '{"type":"array","items":{"type":"string","pattern":"^[a-z]+$"},"minItems":1,"maxItems":3}'
            Day = '{"type":"string","enum":["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"]}'
            When = '{"type":"string","format":"date-time"}'
            Key = '{"type":"string","format":"uuid"}'
            Ratio = '{"type":"number"}'
            Quick = '{"type":"boolean"}'
            Table = '{"type":"object"}'
        }
        foreach ($name in $expected.Keys) {
            ($properties[$name] | ConvertTo-Json -Compress -Depth 9) -replace '"maximum":99,"minimum":1', '"minimum":1,"maximum":99' | Should -BeExactly $expected[$name]
        }

        $tool.Parameters['additionalProperties'] | Should -BeFalse
        $tool.Parameters.ContainsKey('required') | Should -BeFalse -Because 'each parameter is mandatory in one set only'
    }

    It 'requires what is mandatory, and checks parameter sets when it is called' {
        $tool = New-ChatTool Test-Sample -FixedArgument @{ Id = 7 } -Name seven
        (Get-ShownProperty $tool).Keys | Should -Not -Contain 'Name'
        $tool.FixedArguments | Should -Be 'Id'
        (New-ChatTool Test-Sample -Parameter Name).Parameters['required'] | Should -Be 'Name'
        Connect-Script @((New-Call Test-Sample '{}'), (New-Call Test-Sample '{"Name":"a","Id":1}'), (New-Call Test-Sample '{"Id":5}'), (New-Call seven '{"Quick":true}')), 'Done.'
        $answer = Invoke-ChatCompletion 'Go' -Tool 'Test-Sample', $tool -ToolApproval Auto
        $answer.ToolCalls.IsError | Should -Be $true, $true, $false, $false
        $answer.ToolCalls[0].Output | Should -BeLike '*missing: Name or Id*'
        $answer.ToolCalls[1].Output | Should -BeLike '*together*'
        $answer.ToolCalls[2..3].Output | Should -Be '5', '7'
    }

    It 'never offers secrets, and hides what is fixed' {
        $secret = ConvertTo-SecureString 'sk-test-hidden' -AsPlainText -Force
        $tool = New-ChatTool -Name login -ScriptBlock { param([Parameter(Mandatory)] [securestring] $Password, [string] $User) "$User $($Password.Length)" } -FixedArgument @{ Password = $secret }
        (Get-ShownProperty $tool).Keys | Should -Be 'User'
        ($tool | ConvertTo-Json -Depth 5) | Should -Not -BeLike '*sk-test-hidden*'
        Connect-Script (New-Call login '{"User":"u"}'), 'Done.'
        (Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto).ToolCalls[0].Output | Should -Be 'u 14'
        (Get-TestRequest).Body -join '' | Should -Not -BeLike '*Password*'
    }

    It 'refuses an argument for what is fixed' {
        $tool = New-ChatTool -Name read -ScriptBlock { param([string] $Path, [int] $Line) "$Path $Line" } -FixedArgument @{ Path = '/safe' }
        Connect-Script (New-Call read '{"Path":"/etc/passwd","Line":1}'), 'Done.'
        $call = (Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto).ToolCalls[0]
        $call.IsError | Should -BeTrue
        $call.Output | Should -BeLike "*no argument 'Path'*"
    }

    It 'takes commands by pipeline, alias, script file and name' {
        (Get-Command Get-Date, Get-Process | New-ChatTool).Name | Should -Be 'Get-Date', 'Get-Process'
        Set-Alias -Name sample -Value Test-Sample
        (New-ChatTool sample).Name | Should -Be 'Test-Sample'
        $file = Join-Path $TestDrive 'Get-Thing.ps1'
        Set-Content $file "<#`n.SYNOPSIS`nGets a thing.`n#>`nparam([int] `$Number) `$Number * 2"
        $tool = New-ChatTool $file
        $tool.Name | Should -Be 'Get-Thing'
        $tool.Description | Should -Be 'Gets a thing.'
        Connect-Script (New-Call Get-Thing '{"Number":21}'), 'Done.'
        (Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto).ToolCalls[0].Output | Should -Be '42'
    }

    It 'asks for strictness' {
        Connect-Script 'Done.'
        $tool = New-ChatTool Get-Date -Parameter Year, Format -Strict
        $null = Invoke-ChatCompletion 'Go' -Tool $tool
        $function = (Get-TestBody).tools[0].function
        $function.strict | Should -BeTrue
        $function.parameters.required | Should -Be 'Year', 'Format'
        $function.parameters.properties.Year.type | Should -Be 'integer', 'null'
    }

    It 'takes description and limits' {
        $tool = New-ChatTool Get-Date -Description 'Tells the time.' -TimeoutSec 2.5 -MaxOutputLength 99 -Name now -Parameter Format
        $tool.Description | Should -Be 'Tells the time.'
        $tool.Timeout.TotalSeconds | Should -Be 2.5
        $tool.MaxOutputLength | Should -Be 99
        $tool.Name | Should -Be 'now'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a mandatory secret'; Script = { New-ChatTool -Name s -ScriptBlock { param([Parameter(Mandatory)] [pscredential] $Who) } }; Like = '*-Who is mandatory*secret*FixedArgument*' }
        @{ What = 'a mandatory script'; Script = { New-ChatTool Measure-Command }; Like = '*-Expression*code*' }
        @{ What = 'a type without JSON'; Script = { New-ChatTool -Name s -ScriptBlock { param([Parameter(Mandatory)] [Diagnostics.Process] $P) } }; Like = '*-P*Process*JSON*' }
        @{ What = 'a hidden mandatory parameter'; Script = { New-ChatTool Test-Sample -Parameter Level }; Like = '*mandatory*-Parameter*' }
        @{ What = 'an unknown command'; Script = { New-ChatTool Get-NoSuchThing }; Like = '*Get-NoSuchThing*' }
        @{ What = 'an unknown parameter'; Script = { New-ChatTool Get-Date -Parameter Nonsense }; Like = '*-Parameter*Nonsense*' }
        @{ What = 'an unknown fixed argument'; Script = { New-ChatTool Get-Date -FixedArgument @{ Nonsense = 1 } }; Like = '*-FixedArgument*Nonsense*' }
        @{ What = 'a parameter both fixed and shown'; Script = { New-ChatTool Get-Date -Parameter Year -FixedArgument @{ Year = 1 } }; Like = '*Year*' }
        @{ What = 'a shown secret'; Script = { New-ChatTool Test-Sample -Parameter Name, Password }; Like = '*-Password*secret*' }
        @{ What = 'a wrong name'; Script = { New-ChatTool Get-Date -Name 'a b' }; Like = "*'a b'*" }
        @{ What = 'no time'; Script = { New-ChatTool Get-Date -TimeoutSec 0 }; Like = '*-TimeoutSec*' }
        @{ What = 'no output'; Script = { New-ChatTool Get-Date -MaxOutputLength 0 }; Like = '*-MaxOutputLength*' }
        @{ What = 'a nameless script'; Script = { New-ChatTool { 1 } }; Like = '*-Name*' }
        @{ What = 'a number'; Script = { New-ChatTool 5 }; Like = '*Int32*' }
        @{ What = 'strictness for a table'; Script = { New-ChatTool Test-Sample -Strict }; Like = '*-Strict*Table*' }
    ) {
        $failure = Get-Failure $Script
        $failure | Should -HaveCount 1
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike $Like
    }

    It 'makes a tool of every cmdlet that it does not refuse for a reason' {
        foreach ($command in Get-Command -CommandType Cmdlet -Module Microsoft.PowerShell.*) {
            $failure = Get-Failure { $null = New-ChatTool $command }
            if ($failure) {
                $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*' -Because $command
            }
        }
    }

    It 'costs next to nothing the second time' {
        $command = Get-Command Get-ChildItem
        $null = New-ChatTool $command
        $watch = [Diagnostics.Stopwatch]::StartNew()
        1..100 | ForEach-Object { $null = New-ChatTool $command }
        $watch.ElapsedMilliseconds | Should -BeLessThan 2000
    }
}

Describe 'The arguments of a tool' {
    It 'become objects after the question only: <What>' -ForEach @(
        @{ What = 'refused'; Approval = @{ ToolApproval = 'Never' }; Made = 0 }
        @{ What = 'allowed'; Approval = @{ ToolApproval = 'Auto' }; Made = 1 }
    ) {
        . ([scriptblock]::Create('class Marked { static [int] $Made = 0; [string] $Name; Marked() { [Marked]::Made++ } }
            function Use-Marked { param([Marked] $Thing) "used $($Thing.Name)" }
            function Get-Made { [Marked]::Made }'))
        Connect-Script (New-Call Use-Marked @{ Thing = @{ Name = 'x' } }), 'done'
        $tool = New-ChatTool (Get-Command Use-Marked)
        $before = Get-Made
        $answer = Invoke-ChatCompletion 'Go' -Tool $tool @Approval -WarningAction SilentlyContinue
        (Get-Made) - $before | Should -Be $Made
        $answer.ToolCalls[0].Refused | Should -Be ($Made -eq 0)
    }

    It 'that fit the schema and not the type are told to the model after the question' {
        Connect-Script (New-Call take '{"x":"no address"}'), 'done'
        $tool = New-ChatTool -Name take -ScriptBlock { param([ipaddress] $x) $x }
        (Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Never -WarningAction SilentlyContinue).ToolCalls[0].Output | Should -BeLike '*Refused*'
        (Invoke-ChatCompletion 'Go' -Tool $tool -ToolApproval Auto).ToolCalls[0].Output | Should -BeLike 'ERROR*'
    }
}

Describe 'A tool in a job' {
    It 'keeps the language mode of its session: <Mode>' -ForEach @(@{ Mode = 'FullLanguage' }, @{ Mode = 'ConstrainedLanguage' }) {
        Invoke-Child -ArgumentList $ModulePath, $Mode {
            param($Module, $Mode)
            Import-Module $Module
            $sandbox = Start-ChatSandbox -Name Test
            Connect-ChatService $sandbox.BaseUri -Model sandbox-mini
            $ExecutionContext.SessionState.LanguageMode = $Mode
            $tool = New-ChatTool -Name tell -ScriptBlock { "mode $($ExecutionContext.SessionState.LanguageMode)" }
            $answer = Invoke-ChatCompletion 'Go' -Tool $tool -ToolChoice required -AllowTool tell -AsJob | Receive-Job -Wait
            $answer.ToolCalls[0].Output
        } | Should -Be "mode $Mode"
    }
}
