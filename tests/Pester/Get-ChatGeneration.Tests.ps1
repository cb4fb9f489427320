BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'A list of a family' {
    It 'is refused where there is none' {
        Connect-TestSandbox
        $failure = Get-Failure { Get-ChatGeneration -Service Mydjourney }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike "*'Mydjourney'*Midjourney*"
        Get-ChatGeneration -Service midjourney -First 1 -ErrorVariable failures | Out-Null
        $failures | Should -BeNullOrEmpty
    }
}

Describe 'Get-ChatGeneration' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'looks at tasks and ids anew, many in one call, in their order' {
        $tasks = 'a fox', 'a hen', 'a cow' | Start-ChatGeneration -Service Midjourney
        $now = $tasks | Get-ChatGeneration
        $now.Id | Should -Be $tasks.Id
        $now.Input | Should -Be 'a fox', 'a hen', 'a cow'
        (Get-ChatGeneration $tasks.Id -Service Midjourney).Status | Should -Be 'Running', 'Running', 'Running'
        ($tasks.Id | Get-ChatGeneration).Progress | Should -Be 80, 80, 80
        (Get-TestRequest | Where-Object Path -Like '*/task/*').Path | Should -Be (@('/mj/task/list-by-condition') * 3)
    }

    It 'is an error for a task that is not known, and the others are shown' {
        $task = 'a fox' | Start-ChatGeneration -Service Midjourney
        $now = 'zzz', $task.Id | Get-ChatGeneration -Service Midjourney -ErrorAction SilentlyContinue -ErrorVariable failures
        $now.Id | Should -Be $task.Id
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failures[0].TargetObject | Should -Be 'zzz'
        "$($failures[0])" | Should -BeLike 'Item 1 (zzz): Midjourney knows no task zzz.*'
    }

    It 'takes tasks from a file' {
        $file = Join-Path $TestDrive tasks.xml
        'a fox' | Start-ChatGeneration -Service Midjourney | Export-Clixml $file
        (Import-Clixml $file | Get-ChatGeneration).Prompt | Should -Be 'a fox'
    }
}

Describe 'The history of generations' {
    BeforeEach {
        $saved = $env:CHATPS_CONFIG
        $env:CHATPS_CONFIG = Join-Path $TestDrive ([guid]::NewGuid())
        $file = Join-Path $env:CHATPS_CONFIG generations.jsonl
        Connect-TestSandbox
    }

    AfterEach {
        $env:CHATPS_CONFIG = $saved
    }

    It 'lists what was handed in, the newest first, without a request' {
        $tasks = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney -ThrottleLimit 1
        $null = $tasks[0] | Wait-ChatGeneration
        $asked = @(Get-TestRequest).Count
        $known = Get-ChatGeneration -All
        $known.Id | Should -Be $tasks[1].Id, $tasks[0].Id
        $known.Prompt | Should -Be 'a hen', 'a fox'
        $known.Status | Should -Be 'NotStarted', 'Succeeded'
        (Get-ChatGeneration -All -First 1).Id | Should -Be $tasks[1].Id
        Get-ChatGeneration -All -Service Suno | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be $asked
    }

    It 'looks anew at those that have not ended, where nothing is said' {
        $tasks = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney -ThrottleLimit 1
        $null = $tasks[0] | Wait-ChatGeneration
        $null = Get-ChatGeneration $tasks[1].Id
        (Get-ChatGeneration).Status | Should -Be 'Running', 'Succeeded'
        $bodies = Get-TestRequest | Where-Object Path -Like '*/task/*' | Select-Object -Last 1
        $bodies.Path | Should -BeLike "*$($tasks[1].Id)*"
    }

    It 'finds a task again in another session' {
        $task = 'a fox' | Start-ChatGeneration -Service Midjourney
        $address = (Get-ChatConnection Test).BaseUri
        $found = Invoke-Child -ArgumentList $ModulePath, "$address", $task.Id {
            param($Module, $Address, $Id)
            Import-Module $Module
            Connect-ChatService $Address -Name Test -Model sandbox-mini
            $ended = Get-ChatGeneration -All | Wait-ChatGeneration
            "$($ended.Id) $($ended.Status) $($ended.Prompt) $(@($ended.Result).Count)"
            (Get-ChatGeneration $Id).Service
        }
        $found | Should -Be "$($task.Id) Succeeded a fox 1", 'Midjourney'
    }

    It 'completes ids, the newest first' {
        $tasks = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney -ThrottleLimit 1
        foreach ($command in 'Get-ChatGeneration', 'Wait-ChatGeneration', 'Stop-ChatGeneration', 'Invoke-ChatGenerationAction Upscale1') {
            $line = "$command -Id mj"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $tasks[1].Id, $tasks[0].Id
        }

        $line = 'Get-ChatGeneration -Service Suno -Id mj'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -BeNullOrEmpty
    }

    It 'is of one connection' {
        $null = 'a fox' | Start-ChatGeneration -Service Midjourney
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Other
        Get-ChatGeneration -All -Connection Other | Should -BeNullOrEmpty
        @(Get-ChatGeneration -All -Connection Test).Count | Should -Be 1
    }

    It 'keeps the first words of a prompt, and no secret' {
        $null = Start-ChatGeneration "password=hunter2hunter2 $('x' * 500)" -Service Midjourney
        $text = [IO.File]::ReadAllText($file)
        $text | Should -Not -BeLike '*hunter2hunter2*'
        (Get-ChatGeneration -All).Prompt.Length | Should -Be 200
        if ($IsLinux -or $IsMacOS) {
            (Get-Item $file).UnixFileMode.ToString() | Should -Be 'UserWrite, UserRead'
        }
    }

    It 'leaves out damaged lines' {
        $task = 'a fox' | Start-ChatGeneration -Service Midjourney
        Add-Content $file '{"id":"mj', '', '[1]', '{}' -Encoding ascii
        (Get-ChatGeneration -All).Id | Should -Be $task.Id
        $null = 'a hen' | Start-ChatGeneration -Service Midjourney
        (Get-ChatGeneration -All).Prompt | Should -Be 'a hen', 'a fox'
    }

    It 'warns once where it cannot be written, and loses no task' {
        $env:CHATPS_CONFIG = (New-TestFile (Join-Path $TestDrive 'no-folder.png') png).FullName
        $tasks = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney -WarningAction SilentlyContinue -WarningVariable warnings
        $tasks.Count | Should -Be 2
        @($warnings | Where-Object { "$_" -like '*history of generations cannot be written*' }).Count | Should -BeLessOrEqual 1
        ($tasks | Wait-ChatGeneration).Status | Should -Be 'Succeeded', 'Succeeded'
    }
}
