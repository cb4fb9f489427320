BeforeAll {
    . $PSScriptRoot/common.ps1
    $smoke = Join-Path $PSScriptRoot 'smoke.ps1'
}

AfterAll {
    Clear-Test
}

Describe 'Every cmdlet works' {
    It 'as the smoke test uses them all' {
        $used = @(Get-Item $smoke) + @(Get-ChildItem (Join-Path $PSScriptRoot 'Smoke')) | ForEach-Object { Get-Content $_.FullName -Raw } | Out-String
        (Get-Command -Module ChatPS).Name | Where-Object { $used -notmatch "\b$_\b" } | Should -BeNullOrEmpty
    }

    It 'in this session' {
        & $smoke $ModulePath | Should -Be 'ok pong'
    }

    It 'under StrictMode, Stop, hostile defaults, without a user, in <Culture>' -ForEach @{ Culture = 'tr-TR' }, @{ Culture = 'th-TH' } {
        $result = Invoke-Child -ArgumentList $ModulePath, $smoke, $Culture {
            param($Module, $Smoke, $Culture)
            [cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::CurrentCulture = $Culture
            [cultureinfo]::DefaultThreadCurrentUICulture = [cultureinfo]::CurrentUICulture = $Culture
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            $PSDefaultParameterValues = @{
                '*:Verbose' = $true
                '*:Debug' = $true
                '*:ErrorAction' = 'Stop'
                '*:WarningAction' = 'Stop'
                '*:OutBuffer' = 3
                '*:Confirm' = $false
                '*:Encoding' = 'unicode'
                '*:Depth' = 1
                '*:Width' = 20
                'Out-String:Width' = 20
                'ConvertTo-Json:Depth' = 1
                'Where-Object:Not' = $false
            }
            (& $Smoke $Module 4>$null 5>$null), [cultureinfo]::CurrentCulture.Name
        }
        $result | Should -Be 'ok pong', $Culture
    }

    It 'in a session of ConstrainedLanguage' {
        Invoke-Child -ArgumentList $ModulePath, $smoke {
            param($Module, $Smoke)
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            & $Smoke $Module
            "$($ExecutionContext.SessionState.LanguageMode)"
        } | Should -Be 'ok pong', 'ConstrainedLanguage'
    }

    It 'in a job, from which objects come back whole' {
        $job = Start-Job -ArgumentList $ModulePath, $smoke {
            param($Module, $Smoke)
            & $Smoke $Module
            Connect-ChatService -Sandbox
            'one two' | Invoke-ChatCompletion
            Invoke-ChatCompletion 'hi' -Stream | Select-Object -Last 1
            Test-ChatModeration 'I will kill you'
        }
        $text, $answer, $update, $moderation = $job | Receive-EndedJob
        $text | Should -Be 'ok pong'
        $answer.psobject.TypeNames | Should -Contain 'Deserialized.ChatPS.ChatCompletion'
        $answer.Text | Should -Be 'You said: one two'
        $answer.Usage.TotalTokens | Should -BeGreaterThan 3
        $answer.Choices[0].Message.Content[0].Text | Should -Be 'You said: one two'
        $answer.Messages.Role | Should -Be 'user', 'assistant'
        $answer.Input | Should -Be 'one two'
        $update.Completion.Usage.TotalTokens | Should -BeGreaterThan 3
        $moderation.Scores['violence'] | Should -BeGreaterThan 0.8
        $moderation.Categories | Should -Be 'violence'

        Connect-TestSandbox
        ($answer | Invoke-ChatCompletion 'and then').Messages.Text | Should -Be 'one two', 'You said: one two', 'and then', 'You said: and then'
    }

    It 'in a thread job' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        Start-ThreadJob -ArgumentList $ModulePath, $smoke { param($Module, $Smoke) & $Smoke $Module } | Receive-EndedJob | Should -Be 'ok pong'
    }

    It 'in parallel runspaces at the same time' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $file = $smoke
        $module = $ModulePath
        1..4 | ForEach-Object -Parallel { & $using:file $using:module } -ThrottleLimit 4 | Should -Be ('ok pong', 'ok pong', 'ok pong', 'ok pong')
    }

    It 'in parallel runspaces on the connection that all share' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        Connect-TestSandbox
        $module = $ModulePath
        1..6 | ForEach-Object -Parallel { Import-Module $using:module; (Invoke-ChatCompletion "p$_").Text } -ThrottleLimit 3 | Sort-Object |
            Should -Be (1..6 | ForEach-Object { "You said: p$_" })
    }

    It 'after Import-Module -Force, with a prefix, and by its qualified name' {
        Invoke-Child -ArgumentList $ModulePath, $smoke {
            param($Module, $Smoke)
            Import-Module $Module
            & $Smoke $Module
            Import-Module $Module -Force
            & $Smoke $Module
            ChatPS\Connect-ChatService -Sandbox
            (ChatPS\Invoke-ChatCompletion hi).Text
            Remove-Module ChatPS
            Import-Module $Module -Prefix My
            Connect-MyChatService -Sandbox
            (Invoke-MyChatCompletion hi).Text
            $night = [IO.Path]::GetTempFileName()
            ('one', 'two' | Start-MyChatBatch -Path "$night.json" | Wait-MyChatBatch | Receive-MyChatBatch).Input
            Remove-Item "$night*" -Recurse
        } | Should -Be 'ok pong', 'ok pong', 'You said: hi', 'You said: hi', 'one', 'two'
    }
}

Describe 'The public types' {
    It 'can be named as soon as the module is imported' {
        Invoke-Child -ArgumentList $ModulePath {
            param($Module)
            Import-Module $Module
            [ChatPS.ChatMessage]::new('user', 'typed').Text
        } | Should -Be 'typed'
    }

    It 'can be named, made and tested for' {
        [ChatPS.ChatMessage]::new('system', 'Be brief').Text | Should -Be 'Be brief'
        ([ChatPS.ChatMessage] @{ Role = 'assistant'; Text = 'hi' }).Content[0].Text | Should -Be 'hi'
        [ChatPS.ChatMessage]::new() -is [ChatPS.ChatMessage] | Should -BeTrue
        Connect-TestSandbox
        Invoke-ChatCompletion -Message ([ChatPS.ChatMessage]::new('user', 'typed')) | ForEach-Object Text | Should -Be 'You said: typed'
    }

    It 'serve in classes and parameters' {
        Connect-TestSandbox
        # Parsed late: a class needs its types when it is read.
        $code = '
            class Summary {
                [ChatPS.ChatCompletion] $Answer
                [ChatPS.ChatMessage[]] $Messages
                Summary([ChatPS.ChatCompletion] $answer) { $this.Answer = $answer; $this.Messages = $answer.Messages }
                [int] Tokens() { return $this.Answer.Usage.TotalTokens }
            }
            function Get-Summary([Parameter(ValueFromPipeline)] [ChatPS.ChatCompletion] $Answer) { process { [Summary]::new($Answer) } }
            $summary = "hi" | Invoke-ChatCompletion | Get-Summary
            $summary.Tokens(), $summary.Messages.Count'
        $tokens, $count = & ([scriptblock]::Create($code))
        $tokens | Should -BeGreaterThan 2
        $count | Should -Be 2
    }

    It 'have lists that can be indexed, counted and walked' {
        Connect-TestSandbox
        $answer = Invoke-ChatCompletion hi -N 2 -TopLogProbs 2
        @($answer.Choices[1]).Count | Should -Be 1
        $answer.Choices[1].Index | Should -Be 1
        $answer.Choices[-1].Index | Should -Be 1
        $answer.Messages[0].Role | Should -Be 'user'
        $answer.Choices[0].LogProbs[0].Top[1].Token | Should -Be 'You~1'
        (Test-ChatModeration 'kill myself').Categories[0] | Should -BeOfType string
        (Invoke-ChatCompletion 'call a' -Tool @{ type = 'function'; function = @{ name = 'a' } }, @{ type = 'function'; function = @{ name = 'b' } }).ToolCalls[0].Name | Should -Be 'a'
        $connection = Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Test -AdditionalHeader @{ A = 1; B = 2 } -PassThru
        $connection.AdditionalHeader[0].Length | Should -Be 1
    }

    It 'show no type of a third party' {
        $own = [ChatPS.ChatMessage].Assembly
        $foreign = foreach ($type in $own.GetExportedTypes()) {
            foreach ($member in $type.GetProperties()) {
                $name = $member.PropertyType.Assembly.GetName().Name
                if ($name -notmatch '^(System|mscorlib|netstandard|ChatPS\.Objects)') { "$type.$($member.Name): $name" }
            }
        }
        $foreign | Should -BeNullOrEmpty
    }

    It 'are declared as output by every cmdlet that emits something' {
        Get-Command -Module ChatPS | Where-Object { $_.Verb -notin 'Clear', 'Disconnect', 'Export', 'Remove', 'Save', 'Stop' -and -not $_.OutputType } | Should -BeNullOrEmpty
    }
}

Describe 'The console' {
    It 'keeps its encoding' {
        $before = [Console]::OutputEncoding.WebName, $OutputEncoding.WebName
        Connect-TestSandbox
        $null = Invoke-ChatCompletion hi -Show
        [Console]::OutputEncoding.WebName, $OutputEncoding.WebName | Should -Be $before
    }
}
