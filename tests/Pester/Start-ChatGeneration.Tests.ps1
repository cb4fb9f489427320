BeforeAll {
    . $PSScriptRoot/common.ps1
    $one = (New-TestFile (Join-Path $TestDrive 'one.png') png).FullName
    $two = (New-TestFile (Join-Path $TestDrive 'two.png') png).FullName
    $data = 'data:image/png;base64,*'

    function Get-Completion([string] $Line) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
    }

    # The bodies of all requests, as objects.
    function Get-Body {
        Get-TestRequest | ForEach-Object { $_.Body | ConvertFrom-Json }
    }
}

AfterAll {
    Clear-Test
}

Describe 'A picture where a prompt is meant' {
    It 'is an error that names what takes pictures: <What>' -ForEach @(
        @{ What = 'a file'; Item = { Get-Item $one } }
        @{ What = 'the path of a file'; Item = { $one } }
        @{ What = 'bytes'; Item = { , [IO.File]::ReadAllBytes($one) } }
        @{ What = 'a picture that was made'; Item = { New-ChatImage 'a fox' -Model gpt-image-2 } }
        @{ What = 'a result'; Item = { (Start-ChatGeneration 'a fox' -Service Midjourney | Wait-ChatGeneration).Result[0] } }
    ) {
        Connect-TestSandbox
        $item = & $Item
        $before = @(Get-TestRequest | Where-Object Path -EQ '/mj/submit/imagine').Count
        $failure = Get-Failure { , $item | Start-ChatGeneration -Service Midjourney }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '*Imagine of Midjourney begins with a prompt*Blend, Describe*-Image*'
        @(Get-TestRequest | Where-Object Path -EQ '/mj/submit/imagine').Count | Should -Be $before
    }

    It 'is none in a text or a file of text' {
        Connect-TestSandbox
        $file = New-Item (Join-Path $TestDrive words.txt) -Value 'a fox'
        ('fox.png', $file | Start-ChatGeneration -Service Midjourney).Prompt | Should -Be 'fox.png', 'a fox'
    }
}

Describe 'What would be handed in' {
    It 'is told with all that shapes it' {
        Connect-TestSandbox
        $said = Invoke-Child {
            param($Path, $Picture)
            Import-Module $Path
            Connect-ChatService -Sandbox | Out-Null
            Start-ChatGeneration 'a fox' -Service Midjourney -Speed fast -Image $Picture -WhatIf
            Start-ChatGeneration 'a fox' -Service Midjourney -WhatIf
        } -ArgumentList $ModulePath, $one
        "$said" | Should -BeLike '*"Imagine by Midjourney (Speed fast, 1 picture), by connection*"Imagine by Midjourney, by connection*'
    }
}

Describe 'Start-ChatGeneration' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'hands in a task for each prompt, and emits it at once' {
        $tasks = Start-ChatGeneration 'a fox', 'a hen' -Service midjourney
        $tasks | Should -BeOfType ChatPS.ChatGeneration
        $tasks.Id | Should -BeLike 'mj0*'
        $tasks.Service | Should -Be 'Midjourney', 'Midjourney'
        $tasks.Action | Should -Be 'Imagine', 'Imagine'
        $tasks.Status | Should -Be 'NotStarted', 'NotStarted'
        $tasks.Prompt | Should -Be 'a fox', 'a hen'
        $tasks.Index | Should -Be 0, 1
        $tasks[0].Connection | Should -Be 'Test'
        $tasks[0].SubmittedAt.Offset | Should -Be ([timespan]::Zero)
        $tasks[0].IsDone | Should -BeFalse
        ($tasks[0].Raw | ConvertFrom-Json).result | Should -Be $tasks[0].Id
        (Get-TestRequest).Path | Should -Be '/mj/submit/imagine', '/mj/submit/imagine'
        (Get-Body).prompt | Sort-Object | Should -Be 'a fox', 'a hen'
    }

    It 'takes texts, numbers, files and rows, with -Prompt before them, in order' {
        $file = Join-Path $TestDrive 'prompt.txt'
        Set-Content $file 'a hen' -NoNewline -Encoding utf8
        $tasks = 'a fox', 7, (Get-Item $file) | Start-ChatGeneration 'Draw:' -Service Midjourney
        $tasks.Prompt | Should -BeExactly "Draw:`n`na fox", "Draw:`n`n7", "Draw:`n`na hen"
        $tasks.Input[1] | Should -Be 7
        $tasks.Input[2].Name | Should -Be 'prompt.txt'
        $rows = [pscustomobject]@{ Id = 1; Title = 'a cow' }, [pscustomobject]@{ Id = 2; Title = 'a cat' }
        ($rows | Start-ChatGeneration -Service Midjourney -Property Title).Prompt | Should -BeExactly 'a cow', 'a cat'
        $tasks = $rows | Start-ChatGeneration -Service Midjourney -Property { "$($_.Title) no. $($_.Id)" }
        $tasks.Prompt | Should -BeExactly 'a cow no. 1', 'a cat no. 2'
        $tasks.Input | Should -Be $rows
    }

    It 'takes pictures from the pipeline where the action is about one' {
        $tasks = $one, (Get-Item $two), 'https://example.com/a.png' | Start-ChatGeneration -Service Midjourney -Action Describe -ThrottleLimit 1
        $tasks.Action | Should -Be 'Describe', 'Describe', 'Describe'
        (Get-TestRequest).Path | Select-Object -Unique | Should -Be '/mj/submit/describe'
        (Get-Body).base64[0] | Should -BeLike $data
        (Get-Body).base64[1] | Should -BeLike $data
        (Get-Body).base64[2] | Should -BeExactly 'https://example.com/a.png'
        $tasks[1].Input.Name | Should -Be 'two.png'
        ([pscustomobject]@{ Photo = $one } | Start-ChatGeneration -Service Midjourney -Action Describe -Property Photo).Id | Should -BeLike 'mj0*'
    }

    It 'takes lists of pictures for a blend, each a task' {
        $tasks = ($one, $two), ($two, $one, 'https://example.com/a.png') | Start-ChatGeneration -Service Midjourney -Action Blend -Dimensions LANDSCAPE -ThrottleLimit 1
        @($tasks).Count | Should -Be 2
        $bodies = @(Get-Body)
        $bodies[0].base64Array.Count | Should -Be 2
        $bodies[1].base64Array.Count | Should -Be 3
        $bodies.dimensions | Should -Be 'LANDSCAPE', 'LANDSCAPE'
        $null = Start-ChatGeneration -Service Midjourney -Action Blend -Image $one, $two
        (Get-TestBody).base64Array.Count | Should -Be 2
    }

    It 'takes faces for what is piped, and pictures that were made before' {
        $made = New-ChatImage 'a cat', 'a dog' -Model sandbox-mini
        $null = $made | Start-ChatGeneration -Service Midjourney -Action SwapFace -Source $one
        $bodies = @(Get-Body | Select-Object -Last 2)
        $bodies.sourceBase64 | Should -BeLike $data
        $bodies[0].targetBase64 | Should -BeLike $data
        $bodies[0].targetBase64 | Should -Not -Be $bodies[1].targetBase64
    }

    It 'gives the result where nothing is left to wait for' {
        $task = ($one, $two), $null | Where-Object { $_ } | Start-ChatGeneration -Service Midjourney -Action Upload
        $task.Status | Should -Be 'Succeeded'
        @($task.Result).Count | Should -Be 2
        $task.Result.Kind | Should -Be 'image', 'image'
    }

    It 'keeps the order of the input, however many are under way' {
        Connect-TestSandbox @{ LatencyMs = 5 }
        $tasks = 1..40 | ForEach-Object { "picture $_" } | Start-ChatGeneration -Service Midjourney -ThrottleLimit 8
        $tasks.Prompt | Should -Be (1..40 | ForEach-Object { "picture $_" })
        ($tasks.Id | Select-Object -Unique).Count | Should -Be 40
        ('a', 'b' | Start-ChatGeneration -Service Midjourney -ThrottleLimit 1).Prompt | Should -Be 'a', 'b'
        (('c', 'd' | Start-ChatGeneration -Service Midjourney -AsCompleted).Prompt | Sort-Object) | Should -Be 'c', 'd'
    }

    It 'sends what the parameters of the action say, and what has none' {
        $null = Start-ChatGeneration 'a fox' -Service Midjourney -Image $one -BotType NIJI_JOURNEY -State mine -Speed turbo -NotifyUri 'https://example.com/hook' -AdditionalBody @{ accountFilter = @{ modes = @('RELAX') } }
        $body = Get-TestBody
        $body.base64Array | Should -BeLike $data
        $body.botType | Should -Be 'NIJI_JOURNEY'
        $body.state | Should -Be 'mine'
        $body.notifyHook | Should -Be 'https://example.com/hook'
        $body.accountFilter.modes | Should -Be 'RELAX'
        $body.psobject.Properties.Name | Should -Not -Contain 'model'
        (Get-TestRequest).Path | Should -Be '/mj-turbo/mj/submit/imagine'
        $null = Start-ChatGeneration -Service Midjourney -Action Video 'waves' -Image $one -Motion low -Loop -BatchSize 2
        $body = Get-TestBody
        $body.loop | Should -BeTrue
        $body.batchSize | Should -Be 2
        $body.motion | Should -Be 'low'
    }

    It 'changes each picture of the pipeline as the prompt says' {
        $null = $one, $two | Start-ChatGeneration 'at night' -Service Midjourney -Action Edit
        $bodies = Get-TestRequest | Where-Object Path -EQ '/mj/submit/edits' | ForEach-Object { $_.Body | ConvertFrom-Json }
        $bodies.prompt | Should -Be 'at night', 'at night'
        @($bodies.image | Where-Object { $_ -like 'data:image/png;base64,*' }).Count | Should -Be 2
    }

    It 'makes an error of a refusal, in the words of the service, and goes on' {
        $tasks = 'a fox', 'a [refuse]', 'a hen' | Start-ChatGeneration -Service Midjourney -ErrorVariable failure -ErrorAction SilentlyContinue
        $tasks.Prompt | Should -Be 'a fox', 'a hen'
        $tasks.Index | Should -Be 0, 2
        @($failure).Count | Should -Be 1
        $failure[0].TargetObject | Should -Be 'a [refuse]'
        $failure[0].Exception.Message | Should -BeLike '*sensitive words*banned word: refuse*'
        @(Get-TestRequest).Count | Should -Be 3 -Because 'a refusal is not asked again'
    }

    It 'hands in once what a broken connection leaves open, and again what was refused for being too much' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'Reset'; Times = 1 } } @{ MaxRetry = 2 }
        Start-ChatGeneration 'a fox' -Service Midjourney -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed*'
        @(Get-TestRequest).Count | Should -Be 1
        Connect-TestSandbox @{ Fault = @{ StatusCode = 429; RetryAfterSec = 0.1; Times = 1 } } @{ MaxRetry = 2 }
        (Start-ChatGeneration 'a fox' -Service Midjourney).Prompt | Should -Be 'a fox'
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'is an error before anything is sent: <What>' -ForEach @(
        @{ What = 'no such family'; Script = { Start-ChatGeneration x -Service Nobody }; Like = '*-Service*Nobody*'; Advice = '*Midjourney*' }
        @{ What = 'no such action'; Script = { Start-ChatGeneration x -Service Midjourney -Action Paint }; Like = '*-Action*Paint*'; Advice = '*Imagine, Blend*' }
        @{ What = 'no such form'; Script = { Start-ChatGeneration x -Service Midjourney -Form Vendor }; Like = '*-Form*Vendor*'; Advice = '*-Form*' }
        @{ What = 'an action for a finished task'; Script = { Start-ChatGeneration x -Service Midjourney -Action Modal }; Like = '*-Action*Modal*'; Advice = '*Imagine*' }
        @{ What = 'a model, where there is none to choose'; Script = { Start-ChatGeneration x -Service Midjourney -Model m }; Like = '*-Model*'; Advice = '*Leave it out*' }
        @{ What = 'a prompt, where none is taken'; Script = { Start-ChatGeneration x -Service Midjourney -Action Blend -Image $one, $two }; Like = '*-Prompt*'; Advice = '*Leave it out*' }
        @{ What = 'no prompt'; Script = { Start-ChatGeneration -Service Midjourney }; Like = '*-Prompt is missing*'; Advice = '*-Prompt*' }
        @{ What = 'a blank prompt'; Script = { ' ' | Start-ChatGeneration -Service Midjourney }; Like = '*'; Advice = '*' }
        @{ What = 'no picture'; Script = { Start-ChatGeneration -Service Midjourney -Action Describe }; Like = '*-Image*'; Advice = '*-Image*' }
        @{ What = 'one picture for a blend'; Script = { , @($one) | Start-ChatGeneration -Service Midjourney -Action Blend }; Like = '*-Image*1 picture; Blend takes 2 to 5*'; Advice = '*, ($a, $b)*' }
        @{ What = 'nobody to call back'; Script = { Start-ChatGeneration x -Service Midjourney -NotifyUri hook }; Like = '*-NotifyUri*hook*'; Advice = '*https://*' }
        @{ What = 'a parameter of another form'; Script = { Start-ChatGeneration x -Service Suno -Weirdness 0.5 }; Like = '*-Weirdness*form Gateway*'; Advice = '*-Form SunoApi*' }
        @{ What = 'what is no picture'; Script = { New-Item "$TestDrive/no.png" -Value 'text' -Force | Start-ChatGeneration -Service Midjourney -Action Describe }; Like = '*'; Advice = '*' }
        @{ What = 'two pictures for one'; Script = { Start-ChatGeneration -Service Midjourney -Action Describe -Image $one, $two }; Like = '*-Image*one picture*'; Advice = '*one picture*' }
        @{ What = 'a file that is not there'; Script = { Start-ChatGeneration x -Service Midjourney -Image "$TestDrive/none.png" }; Like = '*none.png*'; Advice = '*' }
    ) {
        $failures = @(Get-Failure $Script)
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failures[0].Exception.Message | Should -BeLike $Like
        Get-Advice $failures[0] | Should -BeLike $Advice
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'is checked by PowerShell where the values are known: <What>' -ForEach @(
        @{ What = 'a number out of range'; Script = { Start-ChatGeneration x -Service Midjourney -Action Video -Motion low -BatchSize 9 }; Parameter = 'BatchSize' }
        @{ What = 'no number'; Script = { Start-ChatGeneration x -Service Midjourney -Action Video -Motion low -BatchSize many }; Parameter = 'BatchSize' }
        @{ What = 'an empty text'; Script = { Start-ChatGeneration x -Service Midjourney -State '' }; Parameter = 'State' }
        @{ What = 'a parameter of another action'; Script = { Start-ChatGeneration x -Service Midjourney -Motion low }; Parameter = 'Motion' }
        @{ What = 'a limit of none'; Script = { Start-ChatGeneration x -Service Midjourney -MaxGeneration 0 }; Parameter = 'MaxGeneration' }
    ) {
        $Script | Should -Throw "*$Parameter*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'shows with -WhatIf what would be handed in, and hands in nothing' {
        'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney -WhatIf | Should -BeNullOrEmpty
        Start-ChatGeneration -Service Midjourney -Action Blend -Image $one, $two -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'hands in no more than -MaxGeneration' {
        $tasks = [Collections.Generic.List[object]]::new()
        $failures = @(Get-Failure { 'a', 'b', 'c', 'd' | Start-ChatGeneration -Service Midjourney -MaxGeneration 2 | ForEach-Object { $tasks.Add($_) } })
        $tasks.Prompt | Should -Be 'a', 'b' -Because 'they are paid for'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded*'
        $failures[0].Exception.Message | Should -BeLike '*2 tasks*-MaxGeneration*'
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'runs as a job, whose tasks are whole' {
        $tasks = 'a fox', 'a [refuse]' | Start-ChatGeneration -Service Midjourney -AsJob | Receive-EndedJob -ErrorVariable failure -ErrorAction SilentlyContinue
        $tasks.Prompt | Should -Be 'a fox'
        $tasks.Status | Should -Be 'NotStarted'
        @($failure).Count | Should -Be 1
    }

    It 'reads the same in any session' {
        $shell = New-TestShell
        try {
            $uri = (Get-ChatConnection Test).BaseUri
            $null = $shell.AddScript({
                param($Uri, $Picture)
                Set-StrictMode -Version Latest
                $ErrorActionPreference = 'Stop'
                $PSDefaultParameterValues = @{ '*:Model' = $null; 'Start-ChatGeneration:Speed' = 'turbo' }
                [Threading.Thread]::CurrentThread.CurrentCulture = 'tr-TR'
                Connect-ChatService $Uri -Name Strict -Isolated
                $tasks = @('a fox', 'a hen' | Start-ChatGeneration -Service Midjourney -Image $Picture)
                "$($tasks.Prompt) $($tasks.Mode)"
            }).AddArgument($uri).AddArgument($one)
            $shell.Invoke() | Should -Be 'a fox a hen turbo turbo'
            "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}

Describe 'The parameters of an action' {
    BeforeAll {
        Connect-TestSandbox
        $services = Get-Completion 'Start-ChatGeneration -Service '
    }

    It 'complete by name: those of the usual action, and of the one that is named' {
        Get-Completion 'Start-ChatGeneration -Service Midjourney -Sp' | Should -Be '-Speed'
        Get-Completion 'Start-ChatGeneration -Service Midjourney -Mot' | Should -BeNullOrEmpty
        Get-Completion 'Start-ChatGeneration -Service Midjourney -Action Video -Mot' | Should -Be '-Motion'
        Get-Completion 'Start-ChatGeneration -Service Midjourney -Action SwapFace -So' | Should -Be '-Source'
    }

    It 'complete by value' {
        Get-Completion 'Start-ChatGeneration -Service Midj' | Should -Be 'Midjourney'
        Get-Completion 'Start-ChatGeneration -Service Midjourney -Action B' | Should -Be 'Blend'
        Get-Completion 'Start-ChatGeneration -Service Midjourney -Action Mod' | Should -BeNullOrEmpty -Because 'that is for finished tasks'
        Get-Completion 'Start-ChatGeneration -Service Midjourney -BotType ' | Should -Be 'MID_JOURNEY', 'NIJI_JOURNEY'
        Get-Completion 'Start-ChatGeneration -Service Midjourney -Action Blend -Dimensions L' | Should -Be 'LANDSCAPE'
    }

    It 'are there for every action of every family, and nothing is asked while typing' {
        $services | Should -Contain 'Midjourney'
        $fixed = (Get-Command Start-ChatGeneration).Parameters.Keys | ForEach-Object { "-$_" }
        foreach ($service in $services) {
            $actions = Get-Completion "Start-ChatGeneration -Service $service -Action "
            $actions | Should -Not -BeNullOrEmpty -Because "$service can be asked something"
            foreach ($action in $actions) {
                $names = Get-Completion "Start-ChatGeneration -Service $service -Action $action -"
                $names | Should -Contain '-Prompt' -Because "$service $action"
                foreach ($name in $names | Where-Object { $_ -notin $fixed }) {
                    { Get-Completion "Start-ChatGeneration -Service $service -Action $action $name " } | Should -Not -Throw -Because "$service $action $name"
                }
            }
        }

        @(Get-TestRequest).Count | Should -Be 0
    }
}
