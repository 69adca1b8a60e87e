;; The same with an instruction that throws, though it is never executed: a capture installs an
;; execution listener.
(module $overhead_throwing
  (tag $tag)
  (func $throws (throw $tag))
  (memory 1)
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else
        (i32.add
          (call $fib (i32.sub (local.get 0) (i32.const 1)))
          (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func (export "loop") (param i32) (result i32) (local i32)
    (loop
      (local.set 1
        (i32.add (local.get 1) (i32.load (i32.and (local.get 0) (i32.const 1020)))))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 1)))
